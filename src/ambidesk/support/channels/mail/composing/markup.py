"""
The HTML part: our composer's markup, sanitised, the signature and the quote in the form that mail
programs fold.

Quotes go out as words only: nothing that a stranger marked up leaves under our name.
"""

import re

import nh3
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info

from ambidesk.support.channels.mail.composing.letter import File, Letter, Manager, Quote
from ambidesk.support.channels.mail.composing.words import attribution, quoted_text, tidy

TAGS = frozenset(
    "a b blockquote br code del div em h1 h2 h3 hr i img li ol p pre s span strong sub sup u ul"
    " table tbody td th thead tr".split()
)
ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel", "cid"}
LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")
FONT = "font-family:Arial,Helvetica,sans-serif;font-size:14px;line-height:1.5;color:#1f2328"
FACE = 40
QUOTE = "margin:0 0 0 8px;padding-left:12px;border-left:2px solid #d0d7de;color:#59636e"


def marked_up(letter: Letter) -> str:
    """Write the HTML part."""
    return format_html(
        '<!doctype html>\n<html lang="{}"><head><meta charset="utf-8"></head>\n'
        '<body><div style="{}">\n<div>{}</div>\n{}{}</div></body></html>\n',
        get_language_info(letter.language)["code"],
        FONT,
        ours(letter.html) if letter.html.strip() else from_words(letter.text),
        _signature(letter),
        _quote(letter.quote, letter.language) if letter.quote else "",
    )


def ours(html: str) -> SafeString:
    """Reduce markup to what our composer makes; pictures only those that come along."""

    def attribute(tag: str, name: str, value: str) -> str | None:
        if tag == "img" and name == "src" and not value.lower().startswith("cid:"):
            return None
        return value

    cleaned = nh3.clean(
        tidy(html),
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=attribute,
        url_schemes=SCHEMES,
        link_rel=None,
    )
    return mark_safe(cleaned)  # noqa: S308 cleaned the line before


def from_words(text: str) -> SafeString:
    """Mark up plain words: lines stay lines, addresses of pages become links."""
    escaped = escape(tidy(text).strip())
    linked = LINK.sub(lambda match: f'<a href="{match[0]}">{match[0]}</a>', escaped)
    return mark_safe(linked.replace("\n", "<br>\n"))  # noqa: S308 escaped two lines above


def _signature(letter: Letter) -> SafeString:
    if not letter.signature.strip() and letter.manager is None:
        return SafeString()
    # Thunderbird, Gmail and our own reader know these two names.
    return format_html(
        '<div class="moz-signature gmail_signature" style="margin-top:16px;color:#59636e">'
        "-- <br>\n{}{}</div>\n",
        from_words(letter.signature),
        _manager(letter.manager) if letter.manager else "",
    )


def _manager(manager: Manager) -> SafeString:
    first, *others = map(tidy, manager.words)
    # A table, for Outlook knows no other way to put words beside a picture.
    return format_html(
        '<table role="presentation" style="margin-top:12px;border-spacing:0;color:#59636e"><tr>'
        '{}<td style="padding:0;vertical-align:middle">{}{}</td></tr></table>',
        _face(manager.face) if manager.face else "",
        first,
        format_html("<br>\n{}", ", ".join(others)) if others else "",
    )


def _face(face: File) -> SafeString:
    return format_html(
        '<td style="padding:0 10px 0 0"><img src="cid:{}" width="{}" height="{}" alt=""'
        ' style="display:block;border-radius:50%"></td>',
        face.content_id,
        FACE,
        FACE,
    )


def _quote(quote: Quote, language: str) -> SafeString:
    # Gmail folds by the class, Apple Mail and Thunderbird by the type.
    return format_html(
        '<div class="gmail_quote" style="margin-top:24px"><div class="gmail_attr">{}</div>\n'
        '<blockquote class="gmail_quote" type="cite" style="{}">{}</blockquote></div>\n',
        attribution(quote, language),
        QUOTE,
        from_words(quoted_text(quote)),
    )
