"""Texts made to be slow or deep: each is read to its end in a process of its own that would be stopped."""

import subprocess
import sys

import pytest

from pmlint.source import Source
from pmlint.source.markdown import read_markup

SECONDS = 60
"""Of the processor: a hundred times what the slowest takes; what costs the square of its length takes longer."""

READ = f"""
import resource
import sys
from pmlint.source import Source, walk
from pmlint.source.blocks import Code, Heading, Paragraph
from pmlint.source.markdown import read_markup

resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
text = eval(sys.argv[1])
markup = read_markup(Source(text))
for block in walk(markup.blocks):
    if isinstance(block, Heading | Paragraph):
        block.prose.voice, block.prose.lines()
print(len(text))
"""

HOSTILE = {
    "deep quotes": "'>' * 5_000",
    "deep quotes on many lines": "('> ' * 60 + 'a\\n') * 2_000",
    "deep lists": "''.join('  ' * depth + '- a\\n' for depth in range(500))",
    "opening brackets": "'[' * 50_000",
    "opening images": "'![' * 25_000",
    "opening links": "'[a](' * 20_000",
    "opening emphasis": "'*a ' * 20_000",
    "closing emphasis": "'a* ' * 20_000",
    "back-ticks": "'`' * 100_000",
    "runs of back-ticks": "''.join('`' * length + ' ' for length in range(1, 400))",
    "opening tags": "'<a ' * 50_000",
    "opening attributes": "'<p a=\\'' * 50_000",
    "opening comments": "'<!-- ' * 20_000",
    "open divisions": "'<div>' * 50_000",
    "open lists of HTML": "'<ul><li>' * 20_000",
    "open tables of HTML": "'<table><tr><td>' * 20_000",
    "open bold of HTML": "'<p>' + '<b>' * 50_000",
    "wide cells of HTML": "'<table>' + '<tr><td colspan=9999>' * 20_000",
    "one long line": "'word ' * 200_000",
    "many lines": "'a b c\\n' * 20_000",
    "many spaces": "'a' + ' ' * 200_000 + 'b'",
    "opening quotations": "'“a ' * 50_000",
    "quotations of every kind": "'“a ‘b \"c «d ' * 10_000",
    "quotations with one far end": "'“a\\n' * 50_000 + '”'",
    "single marks with one far end": "'‘-' * 50_000 + '’'",
    "addresses": "'http://' * 50_000",
    "code spans": "'`a` ' * 20_000",
    "entities": "'&amp; ' * 20_000",
    "wide table": "'|' + 'a|' * 3_000 + '\\n|' + '-|' * 3_000 + '\\n' + '|x\\n' * 3_000",
    "open front matter": "'---\\n' + 'a: b\\n' * 50_000",
    "many yaml keys": "'---\\n' + ''.join(f'k{n}: 1\\n' for n in range(10_000)) + '---\\n'",
    "many toml keys": "'+++\\n' + ''.join(f'k{n} = 1\\n' for n in range(10_000)) + '+++\\n'",
}


@pytest.mark.parametrize("expression", [pytest.param(text, id=name) for name, text in HOSTILE.items()])
def test_is_read_to_the_end(expression: str) -> None:
    run = subprocess.run([sys.executable, "-c", READ, expression], capture_output=True, text=True, check=False)

    assert (0, f"{len(eval(expression))}\n", "") == (run.returncode, run.stdout, run.stderr)


def test_quotes_too_deep_are_passed_over() -> None:
    blocks = read_markup(Source("> " * 60 + "a\n\nb")).blocks

    assert [type(block).__name__ for block in blocks] == ["Quote", "Paragraph"]
