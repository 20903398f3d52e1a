"""Rendering: the text a reader sees of an HTML body.

Blocks end lines, paragraphs stand apart, quotes are marked by `>` as in plain mail.
"""

import re
from collections.abc import Callable
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ambidesk.support.channels.mail.parsing import limits
from ambidesk.support.channels.mail.parsing.defects import Defect
from ambidesk.support.channels.mail.parsing.findings import Findings
from ambidesk.support.channels.mail.parsing.html.lines import Lines

_UNSEEN: Final = frozenset(
    {"head", "title", "style", "script", "template", "object", "iframe", "-comment", "base"}
    | {"meta", "link", "svg", "math", "audio", "video", "map", "datalist", "xml", "o:p-none"}
)
_PARAGRAPHS: Final = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "pre"})
_BLOCKS: Final = frozenset(
    {"div", "table", "tr", "tbody", "thead", "tfoot", "li", "dt", "dd", "section", "article"}
    | {"header", "footer", "main", "nav", "aside", "address", "center", "form", "fieldset"}
    | {"blockquote", "figure", "figcaption", "caption", "details", "summary", "body", "html"}
)
_HIDDEN: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?:px"
    r"|pt)?\s*(?:;|$)",
    re.IGNORECASE,
)
_NO_MARGIN: Final = re.compile(
    r"margin(?:-(?:top|bottom))?\s*:\s*0(?:px|pt|cm|in|em)?\s*(?:;|$|0)", re.IGNORECASE
)
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*?(/?)>")
_ANY_TAG: Final = re.compile(r"<[^<>]*>")
_VOID: Final = frozenset({"br", "hr", "img", "input", "meta", "link", "area", "base", "col", "wbr"})
_IMPLIED: Final = frozenset({"p", "li", "td", "tr", "th", "dt", "dd", "option", "tbody", "thead"})


Judge = Callable[[LexborNode], bool]


def is_safe_to_read(html: str, findings: Findings) -> bool:
    """Tell whether the nesting is shallow enough for parsers that are quadratic in it."""
    depth = 0
    for count, tag in enumerate(_TAG.finditer(html)):
        if count == limits.HTML_NODES:
            findings.note(Defect.HTML_TOO_LARGE)
        name = tag[2].lower()
        if name in _VOID or name in _IMPLIED or tag[3]:
            continue
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > limits.HTML_DEPTH:
            findings.note(Defect.HTML_TOO_DEEP)
            return False
    return True


def visible_text(html: str) -> str:
    """Return the text a reader sees, whatever the nesting."""
    if not html.strip():
        return ""
    return render(html) if is_safe_to_read(html, Findings()) else without_tags(html)


def without_tags(html: str) -> str:
    """Return the text of HTML that no parser should be given."""
    return " ".join(_ANY_TAG.sub(" ", html).split())


def read_page(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(html)


def render(
    html: str | LexborHTMLParser, *, is_quote: Judge | None = None, is_cut: Judge | None = None
) -> str:
    """
    Return the visible text.

    Elements for which `is_quote` holds are rendered as quotes, and from one on for which `is_cut`
    holds nothing is rendered.
    """
    body = (read_page(html) if isinstance(html, str) else html).body
    if body is None:
        return ""
    walk = _Walk(is_quote=is_quote or _never, is_cut=is_cut or _never)
    walk.through(body)
    return walk.lines.text()


def _never(_node: LexborNode) -> bool:
    return False


class _Walk:
    """Visits nodes in document order without recursion: nesting is a stranger's choice."""

    def __init__(self, *, is_quote: Judge, is_cut: Judge) -> None:
        self.lines = Lines()
        self._is_quote = is_quote
        self._is_cut = is_cut

    def through(self, root: LexborNode) -> None:
        pending: list[tuple[LexborNode, bool, bool]] = [(root, False, False)]
        left = 2 * limits.HTML_NODES
        while pending and left:
            left -= 1
            node, is_leaving, was_quote = pending.pop()
            tag = node.tag or ""
            if is_leaving:
                _leave(node, self.lines)
                if was_quote:
                    self.lines.unquote()
                continue
            if tag == "-text":
                self.lines.add(node.text_content or "")
                continue
            if tag in _UNSEEN or _is_hidden(node):
                continue
            if self._is_cut(node):
                return
            quotes = tag != "blockquote" and self._is_quote(node)
            if quotes:
                self.lines.quote()
            _enter(node, self.lines)
            pending.append((node, True, quotes))
            children = reversed(list(node.iter(include_text=True)))
            pending.extend((child, False, False) for child in children)


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    style = attributes.get("style")
    return (style is not None and _HIDDEN.search(style) is not None) or "hidden" in attributes


def _is_tight(node: LexborNode) -> bool:
    """Tell whether a paragraph says of itself that it stands without a gap, as Outlook's do."""
    attributes = node.attributes
    if "msonormal" in (attributes.get("class") or "").lower():
        return True
    return _NO_MARGIN.search(attributes.get("style") or "") is not None


def _enter(node: LexborNode, lines: Lines) -> None:
    tag = node.tag or ""
    match tag:
        case "br":
            lines.break_line()
        case "hr":
            lines.rule()
        case "td" | "th":
            lines.cell()
        case "li":
            lines.item()
        case "blockquote":
            lines.quote()
        case "pre":
            lines.paragraph()
            lines.keep_spaces()
        case "p" if _is_tight(node):
            lines.open_tight()
        case _ if tag in _PARAGRAPHS:
            lines.paragraph()
        case _ if tag in _BLOCKS:
            lines.block()
        case _:
            pass


def _leave(node: LexborNode, lines: Lines) -> None:
    tag = node.tag or ""
    match tag:
        case "blockquote":
            lines.unquote()
        case "pre":
            lines.fold_spaces()
            lines.paragraph()
        case "p" if _is_tight(node):
            lines.close_tight()
        case _ if tag in _PARAGRAPHS:
            lines.paragraph()
        case _ if tag in _BLOCKS:
            lines.block()
        case _:
            pass
