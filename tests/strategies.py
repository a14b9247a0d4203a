"""Hypothesis strategies for Markdown of every kind, from noise to whole documents."""

from hypothesis import strategies as st

_MARKS = (
    *(
        "a",
        "b c",
        "word",
        "\n",
        "\n\n",
        " ",
        "  ",
        "    ",
        "\t",
        "*",
        "**",
        "_",
        "`",
        "``",
        "~~",
        "~",
        "\\",
        "|",
        "\\|",
    ),
    *("[", "]", "(", ")", "](u)", "![", "[x]", "[x]: /u\n", "<https://a.b/%20x>", "<me@x.io>", "https://a.b/c%20d"),
    *("- ", "* ", "1. ", "> ", ">", "# ", "## ", " #", "===\n", "---\n", "+++\n", "```", "~~~\n", "- [ ] ", "- [x] "),
    *("|a|b|\n|-|-|\n", "key: v\n", "&amp;", "&#0;", "&nope;", "&", "“", "”", '"', "'", "‘", "’", "«", "»", "「", "」"),
    *("\r", "\r\n", "\0", "\ufeff", "\u200b", "\u202e", "\x0c", "\xa0", "\x1b", "\u2028", "é", "😀", "日本"),
)
_TAGS = (
    *("<", ">", "<br>", "<b>", "</b>", "<!--", "-->", "<table>", "<tr><td>", "</td>", "<th colspan=2>", "</table>"),
    *("<ul><li>", "</li></ul>", "<ol start=3>", "<h2>", "</h2>", "<p>", "</p>", "<div>", "</div>", "<details>"),
    *("<summary>", "</summary>", "<blockquote>", "</blockquote>", "<pre>", "</pre>", "<script>", "</script>", "<hr>"),
    *("<a href='x'>", "</a>", "<img src=x alt='y z'>", '<input type="checkbox" checked>', "<other>", "<q>", "</q>"),
)

soup: st.SearchStrategy[str] = st.lists(st.sampled_from(_MARKS + _TAGS), max_size=40).map("".join)
"""Markup in no order at all."""

html_soup: st.SearchStrategy[str] = st.lists(
    st.sampled_from((*_TAGS, "a", "b c", "\n", "\n\n", "&lt;")), max_size=40
).map("".join)
"""Tags in no order at all."""

words: st.SearchStrategy[str] = st.lists(
    st.sampled_from(["the", "disk", "filled", "10:02", "UTC", "on-call", "a_b_c", "5%", "it’s", "障害"]),
    min_size=1,
    max_size=6,
).map(" ".join)

_inline = st.one_of(
    words,
    words.map("**{}**".format),
    words.map("*{}*".format),
    words.map("`{}`".format),
    words.map("[{}](https://a.example/x)".format),
    words.map('"{}"'.format),
    words.map("“{}”".format),
    words.map("~~{}~~".format),
    words.map("<b>{}</b>".format),
    words.map("{} &amp; so on".format),
)
phrases: st.SearchStrategy[str] = st.lists(_inline, min_size=1, max_size=3).map(" ".join)
"""One line of running text with inline markup."""


def _prefixed(block: str, first: str, others: str) -> str:
    lines = block.split("\n")
    return "\n".join([first + lines[0], *(others + line if line else others.rstrip() for line in lines[1:])])


_leaf = st.one_of(
    phrases,
    st.lists(phrases, min_size=2, max_size=3).map("\n".join),
    st.tuples(st.integers(1, 6), phrases).map(lambda parts: f"{'#' * parts[0]} {parts[1]}"),
    phrases.map("{}\n---".format),
    phrases.map("```\n{}\n```".format),
    st.lists(phrases, min_size=1, max_size=3).map(
        lambda rows: "| a | b |\n|---|---|\n" + "\n".join(f"| {r} | x |" for r in rows)
    ),
    phrases.map("<p>{}</p>".format),
    phrases.map("<table><tr><td>{}</td></tr></table>".format),
    phrases.map("<!-- {} -->".format),
    st.just("***"),
)


def _nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        several.map(lambda items: "\n".join(_prefixed(item, "- ", "  ") for item in items)),
        several.map(lambda items: "\n".join(_prefixed(item, f"{n}. ", "   ") for n, item in enumerate(items, 1))),
        several.map(lambda items: "\n".join(_prefixed(item, "* [x] ", "  ") for item in items)),
        several.map(lambda blocks: _prefixed("\n\n".join(blocks), "> ", "> ")),
    )


_block = st.recursive(_leaf, _nested, max_leaves=5)
_front_matter = st.sampled_from(
    ["", "", "---\ntitle: x\ntags: [a, b]\n---\n", "+++\ntitle = 'x'\n[extra]\nn = 1\n+++\n"]
)
_newline = st.sampled_from(["\n", "\n", "\r\n", "\r"])

documents: st.SearchStrategy[str] = st.builds(
    lambda start, blocks, newline: (start + "\n\n".join(blocks) + "\n").replace("\n", newline),
    _front_matter,
    st.lists(_block, min_size=1, max_size=5),
    _newline,
)
"""Documents such as people write, with blocks nested in lists and quotes."""


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A document with a few characters taken out, doubled or put in."""
    text = draw(documents)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        end = min(len(text), at + draw(st.integers(0, 5)))
        text = text[:at] + draw(st.sampled_from(["", text[at:end] * 2, *_MARKS, *_TAGS])) + text[end:]
    return text


markdown: st.SearchStrategy[str] = st.one_of(soup, html_soup, documents, mutated())
"""Anything that may reach the parser."""
