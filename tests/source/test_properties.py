"""What holds for every text, however it is written."""

from collections.abc import Iterator
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import markdown, soup

from pmlint.source import (
    Block,
    Cell,
    Code,
    Heading,
    Html,
    Item,
    List,
    Paragraph,
    Prose,
    Quote,
    Row,
    Source,
    Span,
    Table,
)
from pmlint.source.markdown import read_markup
from pmlint.source.quotation import quotations

Node = Block | Item | Row | Cell


def children(node: Node) -> tuple[Node, ...]:
    match node:
        case List():
            return node.items
        case Item() | Quote():
            return node.blocks
        case Table():
            return (node.header, *node.rows)
        case Row():
            return node.cells
        case _:
            return ()


def family(nodes: tuple[Node, ...], parent: Node | None = None) -> Iterator[tuple[Node, Node | None]]:
    for node in nodes:
        yield node, parent
        yield from family(children(node), node)


def proses(text: str) -> list[tuple[Node, Prose]]:
    found: list[tuple[Node, Prose]] = []
    for node, _ in family(read_markup(Source(text)).blocks):
        if isinstance(node, Heading | Paragraph | Cell | Html):
            found.append((node, node.prose))
        elif isinstance(node, Code):
            found.extend((node, line) for line in node.lines)
    return found


def written(text: str) -> str:
    """Source characters as a reader meets them: NUL is shown as a replacement, all white space alike."""
    return "".join(" " if character.isspace() else character for character in text.replace("\0", "\ufffd"))


@given(markdown)
def test_segments_are_in_order_and_cover_the_text(text: str) -> None:
    for _, prose in proses(text):
        ends = [0, *(segment.end for segment in prose.segments)]
        starts = [*(segment.start for segment in prose.segments), len(prose.text)]

        assert starts == ends


@given(markdown)
def test_origins_are_in_order(text: str) -> None:
    for _, prose in proses(text):
        flat = [at for segment in prose.segments for at in (segment.origin, segment.origin_end)]

        assert sorted(flat) == flat


@given(markdown)
def test_linear_segments_slice_to_their_text(text: str) -> None:
    for _, prose in proses(text):
        for segment in prose.segments:
            if segment.linear:
                assert written(text[segment.origin : segment.origin_end]) == written(
                    prose.text[segment.start : segment.end]
                )


@given(markdown)
def test_blocks_stand_inside_their_parents_in_order(text: str) -> None:
    blocks = read_markup(Source(text)).blocks
    everything = Span(0, len(text))
    for node, parent in family(blocks):
        spans = [child.span for child in children(node)]

        assert (parent.span if parent else everything).covers(node.span)
        assert all(one.end <= next_one.start for one, next_one in pairwise(spans))
    assert all(one.span.end <= next_one.span.start for one, next_one in pairwise(blocks))


@given(markdown)
def test_prose_stands_inside_its_block(text: str) -> None:
    for node, prose in proses(text):
        assert node.span.covers(prose.span())


@given(markdown)
def test_marks_lie_inside_the_text(text: str) -> None:
    for _, prose in proses(text):
        assert all(0 <= mark.start <= mark.end <= len(prose.text) for mark in prose.marks)
        assert len(prose.voice) == len(prose.text)


@given(markdown, st.data())
def test_a_cut_keeps_the_places(text: str, data: st.DataObject) -> None:
    for _, prose in proses(text):
        start = data.draw(st.integers(0, len(prose.text)))
        end = data.draw(st.integers(start, len(prose.text)))
        part = prose.cut(start, end)
        lead = len(prose.text[start:end]) - len(prose.text[start:end].lstrip())

        assert prose.text[start:end].strip() == part.text
        if part.text:
            assert prose.span(start + lead, start + lead + len(part.text)) == part.span()
            assert [segment.start for segment in part.segments][:1] == [0]
            assert [segment.end for segment in part.segments][-1:] == [len(part.text)]


@given(markdown)
def test_lines_are_the_lines_of_the_text(text: str) -> None:
    for _, prose in proses(text):
        assert [line.strip() for line in prose.text.split("\n") if line.strip()] == [
            line.text for line in prose.lines()
        ]


@given(markdown)
def test_comments_stand_where_they_say(text: str) -> None:
    for comment in read_markup(Source(text)).comments:
        assert text[comment.span.start : comment.span.end].startswith("<!--")


@given(markdown)
def test_front_matter_keys_stand_where_they_say(text: str) -> None:
    front_matter = read_markup(Source(text)).front_matter
    for entry in front_matter.entries if front_matter else ():
        assert front_matter is not None
        assert front_matter.span.covers(entry.span)
        assert front_matter.span.covers(entry.key_span)


@given(soup)
def test_offsets_and_positions_agree(text: str) -> None:
    source = Source(text)
    for offset in range(len(text) + 1):
        line, column = source.position(offset)

        assert source.line(line).start + column - 1 == offset or offset == len(text)


@given(soup)
def test_lines_and_their_ends_make_the_text(text: str) -> None:
    source = Source(text)
    ends = [line.start for line in source.lines[1:]] + [len(text)]
    pieces = [text[line.start : end] for line, end in zip(source.lines, ends, strict=False)]

    assert text == "".join(pieces)
    assert text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[: len(pieces)] == [
        source[line] for line in source.lines
    ]


@given(st.text(alphabet="“”„«»「」\"‘’ ab\n'", max_size=40))
def test_quotations_are_apart_and_open_and_close_with_a_mark(text: str) -> None:
    found = quotations(text)

    assert all(one.end <= next_one.start for one, next_one in pairwise(found))
    assert all(text[span.start] in '“„«「"‘' and text[span.end - 1] in '”“»」"’' for span in found)
