"""Cleaning: HTML from a stranger, less all that runs, loads by itself or leaves the frame.

Pictures stay as they are named (https or cid); whether they are shown is the screen's matter.
"""

from typing import Final

import nh3

from ambidesk.support.channels.mail.parsing.html.styles import safe_style

_TAGS: Final = nh3.ALLOWED_TAGS | {"font", "center", "u", "s", "tt", "big"}
_PRESENTATION: Final = {"align", "valign", "bgcolor", "width", "height", "dir", "lang", "style"}
_ATTRIBUTES: Final = {
    **{tag: set(names) | _PRESENTATION for tag, names in nh3.ALLOWED_ATTRIBUTES.items()},
    "*": _PRESENTATION | {"title"},
    "font": {"color", "face", "size"} | _PRESENTATION,
    "table": {"border", "cellpadding", "cellspacing", "summary"} | _PRESENTATION,
    "blockquote": {"type", "cite", "class"} | _PRESENTATION,
    "div": {"class"} | _PRESENTATION,
}
_STYLES: Final = frozenset(
    {"color", "background-color", "font", "font-family", "font-size", "font-style", "font-weight"}
    | {"text-align", "text-decoration", "text-indent", "text-transform", "line-height"}
    | {"letter-spacing", "white-space", "vertical-align", "direction", "list-style-type"}
    | {f"border{side}" for side in ("", "-top", "-right", "-bottom", "-left", "-color", "-style")}
    | {"border-width", "border-collapse", "border-spacing", "border-radius", "display"}
    | {f"{box}{side}" for box in ("margin", "padding") for side in ("", "-top", "-right")}
    | {f"{box}{side}" for box in ("margin", "padding") for side in ("-bottom", "-left")}
    | {"width", "height", "max-width", "min-width", "max-height"}
)
_SCHEMES: Final = {"http", "https", "mailto", "tel", "cid"}
_UNSEEN: Final = {"script", "style", "title", "template", "noframes", "iframe", "object", "svg"}


def _attribute(_tag: str, name: str, value: str) -> str | None:
    return safe_style(value) or None if name == "style" else value


_CLEANER: Final = nh3.Cleaner(
    tags=set(_TAGS),
    clean_content_tags=_UNSEEN,
    attributes=_ATTRIBUTES,
    strip_comments=True,
    link_rel="noopener noreferrer nofollow",
    url_schemes=_SCHEMES,
    filter_style_properties=set(_STYLES),
    attribute_filter=_attribute,
)


def clean(html: str) -> str:
    """Return the HTML with nothing in it but text, pictures, links and looks."""
    return _CLEANER.clean(html).strip()
