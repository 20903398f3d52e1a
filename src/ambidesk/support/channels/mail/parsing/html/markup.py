"""Markup: texts in older markups as HTML.

Source: RFC 1896 (text/enriched).
"""

import re
from html import escape
from typing import Final

_TAG: Final = re.compile(r"<(/?)([a-zA-Z]{1,60})>|<<")
_PARAMETER: Final = re.compile(r"<param>[^<]*</param>", re.IGNORECASE)
_KNOWN: Final = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "fixed": "tt",
    "excerpt": "blockquote",
}


def html_of_enriched(text: str) -> str:
    """Return enriched text as HTML; single line ends are spaces there, double ones lines."""
    plain = _PARAMETER.sub("", text.replace("\r\n", "\n"))
    pieces: list[str] = []
    end = 0
    for tag in _TAG.finditer(plain):
        pieces += [_lines(plain[end : tag.start()]), _as_html(tag)]
        end = tag.end()
    return "".join([*pieces, _lines(plain[end:])])


def _as_html(tag: re.Match[str]) -> str:
    if tag[0] == "<<":
        return "&lt;"
    known = _KNOWN.get(tag[2].lower())
    return f"<{tag[1]}{known}>" if known else ""


def _lines(text: str) -> str:
    return re.sub(r"\n+", _breaks, escape(text))


def _breaks(found: re.Match[str]) -> str:
    return " " if len(found[0]) == 1 else "<br>\n" * (len(found[0]) - 1)
