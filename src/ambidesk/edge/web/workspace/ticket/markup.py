"""
Markup of strangers, made fit to be shown.

Simple mails stand in our typography; complex ones go into a sandboxed frame of their own address.
"""

import re
from collections.abc import Mapping
from urllib.parse import unquote

import nh3
from django.utils.safestring import SafeString

from ambidesk.support.channels.mail.parsing.html.styles import safe_style

SIMPLE_TAGS = frozenset(
    "a b blockquote br code del div em hr i li ol p pre s span strong sub sup u ul".split()
)
FRAME_TAGS = SIMPLE_TAGS | frozenset(
    """abbr address article caption center col colgroup dd dl dt figcaption figure font footer h1 h2
    h3 h4 h5 h6 header img main section small table tbody td tfoot th thead tr""".split()
)
FRAME_ATTRIBUTES = {
    "*": {"align", "valign", "width", "height", "style", "dir", "lang"},
    "a": {"href"},
    "img": {"src", "alt", "title"},
    "table": {"border", "cellpadding", "cellspacing", "bgcolor"},
    "td": {"colspan", "rowspan", "bgcolor"},
    "th": {"colspan", "rowspan", "bgcolor"},
    "tr": {"bgcolor"},
    "font": {"color", "size", "face"},
}
STYLES = frozenset(
    """color background-color font-family font-size font-weight font-style line-height text-align
    text-decoration vertical-align white-space margin margin-top margin-right margin-bottom
    margin-left padding padding-top padding-right padding-bottom padding-left border border-top
    border-right border-bottom border-left border-color border-style border-width border-radius
    border-collapse border-spacing width max-width min-width height display list-style
    list-style-type""".split()
)
SCHEMES = {"http", "https", "mailto", "tel", "cid"}
LINK = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
COMPLEX = re.compile(r"<(?:table|img|h[1-6]|figure)\b", re.IGNORECASE)
REMOTE = re.compile(r"\ssrc\s{0,9}=\s{0,9}[\"']?\s{0,9}https?:", re.IGNORECASE)
SIZES = frozenset({"width", "height", "border", "cellpadding", "cellspacing", "size"})
SIZE = re.compile(r"[+-]?\d{1,4}(?:\.\d{1,4})?(?:%|px)?")


def is_complex(html: str) -> bool:
    """Say whether the markup needs a page of its own to look as it was meant."""
    return bool(COMPLEX.search(html))


def simple(html: str) -> SafeString:
    """Reduce markup to words, emphasis, lists and links to elsewhere."""
    cleaned = nh3.clean(
        html,
        tags=set(SIMPLE_TAGS),
        attributes={"*": set(), "a": {"href"}},
        attribute_filter=_link,
        url_schemes=SCHEMES - {"cid"},
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )
    return SafeString(cleaned)


def framed(html: str, *, pictures: Mapping[str, str], remote: bool) -> SafeString:
    """
    Clean markup for the frame.

    `pictures` maps content ids to addresses of own files; without `remote` nothing is fetched from
    elsewhere, so that opening a mail tells nobody.
    """

    def attribute(tag: str, name: str, value: str) -> str | None:
        if tag == "img" and name == "src":
            return _picture(value, pictures, remote=remote)
        if name == "style":
            return safe_style(value) or None
        if name in SIZES:
            return value if SIZE.fullmatch(value.strip()) else None
        return _link(tag, name, value)

    cleaned = nh3.clean(
        html,
        tags=set(FRAME_TAGS),
        attributes=FRAME_ATTRIBUTES,
        attribute_filter=attribute,
        filter_style_properties=set(STYLES),
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )
    return SafeString(cleaned)


def has_remote(html: str) -> bool:
    """Say whether the mail would fetch pictures from elsewhere."""
    return bool(REMOTE.search(html))


def _link(tag: str, name: str, value: str) -> str | None:
    """Keep links that name their place: a relative one would lead into the desk itself."""
    if tag == "a" and name == "href":
        return value if LINK.match(value.strip()) else None
    return value


def _picture(source: str, pictures: Mapping[str, str], *, remote: bool) -> str | None:
    plain = source.strip()
    if plain.lower().startswith("cid:"):
        return pictures.get(unquote(plain[4:]).strip("<> "))
    return plain if remote and plain.lower().startswith(("http://", "https://")) else None
