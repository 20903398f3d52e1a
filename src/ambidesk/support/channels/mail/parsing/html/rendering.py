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
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?:px|pt)?\s*(?:;|$)",
    re.IGNORECASE,
)
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*?(/?)>")
_ANY_TAG: Final = re.compile(r"<[^<>]*>")
_VOID: Final = frozenset({"br", "hr", "img", "input", "meta", "link", "area", "base", "col", "wbr"})
_IMPLIED: Final = frozenset({"p", "li", "td", "tr", "th", "dt", "dd", "option", "tbody", "thead"})


def is_safe_to_read(html: str, findings: Findings) -> bool:
    """Tell whether the nesting is shallow enough for parsers that are quadratic in it."""
    depth = 0
    for tag in _TAG.finditer(html):
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


def render(html: str, *, cut: Callable[[LexborNode], bool] | None = None) -> str:
    """Return the visible text; from a node on for which `cut` holds nothing is rendered."""
    body = LexborHTMLParser(html).body
    if body is None:
        return ""
    lines = Lines()
    _walk(body, lines, cut)
    return lines.text()


def _walk(root: LexborNode, lines: Lines, cut: Callable[[LexborNode], bool] | None) -> None:
    """Visit nodes in document order without recursion: nesting is a stranger's choice."""
    pending: list[tuple[LexborNode, bool]] = [(root, False)]
    while pending:
        node, is_leaving = pending.pop()
        if is_leaving:
            _leave(node, lines)
            continue
        tag = node.tag or ""
        if tag == "-text":
            lines.add(node.text_content or "")
            continue
        if tag in _UNSEEN or _is_hidden(node):
            continue
        if cut is not None and cut(node):
            return
        _enter(node, lines)
        pending.append((node, True))
        pending.extend((child, False) for child in reversed(list(node.iter(include_text=True))))


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    style = attributes.get("style")
    return (style is not None and _HIDDEN.search(style) is not None) or "hidden" in attributes


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
        case _ if tag in _PARAGRAPHS:
            lines.paragraph()
        case _ if tag in _BLOCKS:
            lines.block()
        case _:
            pass
