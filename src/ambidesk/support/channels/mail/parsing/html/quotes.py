"""Quotes in HTML: the elements in which mail programs put what they quote.

Quoted elements are rendered as quotes; from a cutting element on everything is quoted.
"""

import re
from typing import Final

from selectolax.lexbor import LexborNode

_QUOTED_CLASS: Final = re.compile(
    r"(?:^|\s)(?:gmail_attr|moz-cite-prefix|yahoo_quoted|protonmail_quote|tutanota_quote"
    r"|zmail_extra"
    r"|gmail_quote_container|moz-forward-container|mail_quote|x_gmail_attr|ymail_quoted"
    r"|moz-email-headers-table)(?:\s|$)"
)
_CUTTING_ID: Final = re.compile(
    r"^(?:x_)*(?:divrplyfwdmsg|appendonsend|stopspelling|zwchr"
    r"|mail-editor-reference-message-container"
    r"|olk_src_body_section|replysplit|reply-intro|oriquote|isforwardcontent|qqmail_quote)",
    re.IGNORECASE,
)
_CUTTING_STYLE: Final = re.compile(
    r"border-top:\s*(?:solid|#[0-9a-f]{6})\s*(?:#[0-9a-f]{6}|solid)\s*1(?:\.0)?p[tx]"
    r"|border:\s*none;\s*border-top:\s*solid"
    r"|border-top-color:\s*rgb\(229,\s*229,\s*229\)",
    re.IGNORECASE,
)


def is_quote(node: LexborNode) -> bool:
    """Tell whether an element holds what is quoted, or says whose words those are."""
    attributes = node.attributes
    found = attributes.get("class")
    return found is not None and _QUOTED_CLASS.search(found) is not None


def is_cut(node: LexborNode) -> bool:
    """Tell whether everything from this element on is quoted."""
    attributes = node.attributes
    identifier = attributes.get("id")
    if identifier and _CUTTING_ID.match(identifier):
        return True
    style = attributes.get("style")
    return node.tag == "div" and style is not None and _CUTTING_STYLE.search(style) is not None
