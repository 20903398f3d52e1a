"""Tags that every template knows: assets, icons, small pictures, data for islands."""

import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.templatetags.static import static
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from ambidesk.edge.web.ui.icons import BANNERS, CONTACTS, FACES, STATES, STATUSES

register = template.Library()
DIST = Path(__file__).resolve().parent.parent / "static" / "dist"


class NotBuilt(RuntimeError):  # noqa: N818 says what is wrong
    """The assets were not built."""


@lru_cache(maxsize=1)
def _manifest() -> dict[str, Any]:
    path = DIST / "manifest.json"
    if not path.exists():
        raise NotBuilt("The front end is not built: run bin/setup.")
    return dict(json.loads(path.read_text()))


def manifest() -> dict[str, Any]:
    """The manifest of the build; read afresh in debug."""
    if settings.DEBUG:
        _manifest.cache_clear()
    return _manifest()


@register.simple_tag
def asset(name: str) -> str:
    """The address of a built asset by the name of its source."""
    return static(f"dist/{manifest()[name]['file']}")


@register.simple_tag
def asset_styles(name: str) -> SafeString:
    """The style sheets that an entry brings along."""
    links = [
        format_html('<link rel="stylesheet" href="{}">', static(f"dist/{css}"))
        for css in manifest()[name].get("css", [])
    ]
    return mark_safe("".join(links))  # noqa: S308 each part is escaped by format_html


@register.simple_tag
def icon(name: str, label: str = "", size: int = 16) -> SafeString:
    """One Lucide icon of the sprite; without a label it is decoration."""
    return _drawn(manifest()["icons.svg"]["file"], str(name), str(label), size)


@lru_cache(maxsize=2_000)
def _drawn(sprite: str, name: str, label: str, size: int) -> SafeString:
    told = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return format_html(
        '<svg class="icon" width="{0}" height="{0}" {1}><use href="{2}#{3}"/></svg>',
        size,
        mark_safe(told),  # noqa: S308 escaped above
        static(f"dist/{sprite}"),
        name,
    )


@register.simple_tag
def state(value: str, words: str) -> SafeString:
    """What `c-state` shows, for lists that show a hundred of it."""
    return _stated(manifest()["icons.svg"]["file"], str(value), str(words))


@lru_cache(maxsize=500)
def _stated(sprite: str, state: str, words: str) -> SafeString:
    return format_html(
        '<span class="badge state" data-state="{}">{}{}</span>',
        state,
        _drawn(sprite, state_icon(state), "", 16),
        words,
    )


@register.simple_tag
def options(rows: Iterable[tuple[int, str]], chosen: int = 0) -> SafeString:
    """The choices of a long list: ids and names, one of which may be chosen."""
    told = (
        f'<option value="{key}"{" selected" if key == chosen else ""}>{escape(name)}</option>'
        for key, name in rows
    )
    return SafeString("".join(told))


@register.simple_tag
def avatar(name: str, size: str = "") -> SafeString:
    """A small round picture of somebody: the first letters on one of a few hues."""
    return _portrait(str(name), size)


@lru_cache(maxsize=2_000)
def _portrait(name: str, size: str) -> SafeString:
    return format_html(
        '<span class="avatar {}" data-hue="{}" data-initials="{}" title="{}" aria-hidden="true">'
        "</span>",
        size,
        hue(name),
        initials(name),
        name,
    )


HUES = 8


@register.filter
def state_icon(state: str) -> str:
    """The icon that stands beside the word of a ticket's state."""
    return STATES.get(state, "circle-dot")


@register.filter
def status_icon(status: str) -> str:
    """The icon that stands beside the word of an operator's status."""
    return STATUSES.get(status, "clock")


@register.filter
def contact_icon(kind: str) -> str:
    """The icon of a kind of address."""
    return CONTACTS.get(kind, "at-sign")


@register.filter
def face_icon(score: int) -> str:
    """The face of a mark from 1 to 5."""
    return FACES.get(score, "meh")


@register.filter
def banner_icon(kind: str) -> str:
    """The icon of a meaning; an icon's own name stays as it is."""
    return BANNERS.get(kind, kind)


@register.filter
def initials(name: str) -> str:
    """One or two letters that stand for somebody on a small picture."""
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(word[0] for word in words[:2]).upper() or "?"


@register.filter
def hue(name: str) -> int:
    """One of a few hues, always the same for a name."""
    return sum(name.encode()) % HUES


@register.filter
def widget_kind(field: BoundField) -> str:
    """How a field is laid out: a check mark, a list of choices, a group, a box below its label."""
    match field.field.widget:
        case CheckboxInput():
            return "check"
        case RadioSelect() | CheckboxSelectMultiple():
            return "choices"
        case widget if getattr(widget, "is_group", False):
            return "group"
        case _:
            return "box"
