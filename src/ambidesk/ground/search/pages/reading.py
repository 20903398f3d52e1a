"""Reading: the words and headings of a body, be it HTML, Markdown or plain text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ambidesk.ground.search.words import LONGEST_TEXT

MARKUP = re.compile(r"</(p|div|h[1-6]|li|ul|ol|table|body|html|section|article)\s*>", re.IGNORECASE)
HEADING = re.compile(r"\s{0,3}#{1,6}\s+(.+?)\s*#*\s*")
# Signs of Markdown at the beginning of a line, and links and pictures with what they show.
SIGNS = re.compile(r"^\s{0,3}(?:>+|[-*+]|\d{1,4}[.)])\s+|^\s*(?:```|~~~).*$|^\s*[-=*_|: ]{3,}$")
LINK = re.compile(r"!?\[([^\]\n]{0,500})\]\([^)\s]{0,2000}(?:\s+\"[^\"\n]*\")?\)")
STRESS = re.compile(r"(\*\*|__|\*|`|~~)(?=\S)(.{1,500}?)(?<=\S)\1")
ENDS_A_SENTENCE = re.compile(r"[.:;,!?…]$")
LONGEST_HEADING, MOST_WORDS = 90, 10
BLOCKS = {
    "p", "div", "li", "tr", "dt", "dd", "pre", "blockquote", "section", "article", "figcaption",
    "table", "ul", "ol", "br", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6",
}  # fmt: skip
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
DEEPEST = 12
MUTE = ["script", "style", "template", "noscript", "head", "svg"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Lines of text, the headings among them."""

    lines: Sequence[str]
    headings: Sequence[str]

    @property
    def text(self) -> str:
        """All lines."""
        return "\n".join(self.lines)


def read_body(body: str) -> Body:
    """Read a body in whatever it is written."""
    cut = body[: 4 * LONGEST_TEXT].replace("\x00", " ")
    pairs = list(_html(cut) if MARKUP.search(cut) else _marked(cut))
    return Body(
        lines=tuple(line for line, _is_heading in pairs),
        headings=tuple(line for line, is_heading in pairs if is_heading),
    )


def as_markdown(body: str) -> str:
    """Write a body as Markdown: HTML by its headings and lines, a plain text by its lines."""
    if not MARKUP.search(body):
        lines = body.strip().splitlines()
        if any(not line.strip() or HEADING.fullmatch(line) for line in lines):
            return body.strip()
        return "\n\n".join(line.strip() for line in body.splitlines() if line.strip())
    return "\n\n".join(
        f"## {_escaped(line)}" if is_heading else _escaped(line) for line, is_heading in _html(body)
    )


def _escaped(line: str) -> str:
    """Let signs of Markdown in a text be signs."""
    return re.sub(r"([\\`*_\[\]<>])|^([#+-]|\d+[.)])(?=\s)", r"\\\1\2", line)


def _marked(body: str) -> Iterator[tuple[str, bool]]:
    is_markdown = any(HEADING.fullmatch(line) for line in body.splitlines())
    for raw in body.splitlines():
        heading = HEADING.fullmatch(raw)
        line = heading[1] if heading else SIGNS.sub("", raw)
        line = STRESS.sub(r"\2", LINK.sub(r"\1", line)).strip()
        if line:
            yield line, bool(heading) or (not is_markdown and _looks_like_heading(line))


def _looks_like_heading(line: str) -> bool:
    """A line of a plain text that is short and no sentence."""
    is_short = len(line) <= LONGEST_HEADING and len(line.split()) <= MOST_WORDS
    return is_short and not ENDS_A_SENTENCE.search(line)


def _html(body: str) -> Iterator[tuple[str, bool]]:
    tree = LexborHTMLParser(body)
    tree.strip_tags(MUTE)
    line: list[str] = []
    block: tuple[int, str] = (0, "")
    for node in _nodes(tree):
        is_text = node.tag == "-text"
        own = _block_of(node) if is_text else block
        if (own != block or node.tag == "br") and (words := " ".join("".join(line).split())):
            yield words, block[1] in HEADINGS
            line = []
        block = own
        if is_text:
            line.append(node.text(deep=False) or "")
    if words := " ".join("".join(line).split()):
        yield words, block[1] in HEADINGS


def _nodes(tree: LexborHTMLParser) -> Iterator[LexborNode]:
    if tree.root is not None:
        yield from tree.root.traverse(include_text=True)


def _block_of(node: LexborNode) -> tuple[int, str]:
    """Name the block that a text stands in."""
    up = node.parent
    for _level in range(DEEPEST):
        if up is None or up.tag in BLOCKS:
            break
        up = up.parent
    return (up.mem_id, up.tag or "") if up is not None else (0, "")
