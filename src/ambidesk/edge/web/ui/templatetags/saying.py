"""
Tags and filters that tell: sentences, instants, days, prose.

They stand on a page a hundred times: what is the same each time is worked out once.
"""

import math
import re
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Protocol

from django import template
from django.template.base import Node, Parser, Token
from django.template.context import Context
from django.template.defaultfilters import linebreaksbr, urlize
from django.templatetags.i18n import TranslateNode, do_translate
from django.utils.formats import date_format, get_format, number_format
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.text import normalize_newlines
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import get_language, gettext, pgettext
from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.durations import in_words
from ambidesk.ground.kernel.money import Money
from ambidesk.parties.authority.saying import money_words

register = template.Library()
# What is due sooner is shown; what is due later needs no eye yet. The island knows it too.
NEAR = timedelta(hours=2)
# The letters of a short date, as Django writes it and as the C library does.
LETTERS = {"d": "%d", "j": "%-d", "m": "%m", "n": "%-m", "Y": "%Y", "y": "%y"}
# Whatever Django's urlize makes a link of has one of these in it.
LINKED = re.compile(r"://|www\.|@|\.(?:com|edu|gov|int|mil|net|org)\b", re.IGNORECASE)


class Sentence(Node):
    """A sentence that stands in the template: it is translated once for each language."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._told: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        """Tell it."""
        language = get_language()
        told = self._told.get(language)
        if told is None:
            told = self._told[language] = str(self._node.render(context))
        return told


@register.tag
def translate(parser: Parser, token: Token) -> Node:
    """Django's own tag; a sentence without variables is looked up once."""
    node: TranslateNode = do_translate(parser, token)
    what = node.filter_expression
    constant = getattr(what.var, "literal", None) is not None and not what.filters
    return Sentence(node) if constant and not node.asvar else node


@register.simple_tag
def instant(at: datetime | None, form: str = "relative") -> SafeString:
    """An instant as a <time>; an island shows it relative and keeps the exact one on hover."""
    if at is None:
        return SafeString("")
    local = localtime(at)
    kind = form if form.isalpha() else escape(form)
    # Digits and what stands between them need no escaping.
    return SafeString(
        f'<time datetime="{local.isoformat()}" data-form="{kind}">{_short(local)}</time>'
    )


@register.simple_tag
def due(at: datetime | None) -> SafeString:
    """A due instant as a chip that is quiet until it is near; the island keeps it true."""
    if at is None:
        return SafeString("")
    local, left = localtime(at), at - now()
    level = "late" if left < timedelta() else "near" if left < NEAR else "far"
    words = escape(pgettext("promise", "Due"))
    return SafeString(
        f'<span class="due" data-level="{level}" title="{words}">'
        f'<span class="sr-only">{words}</span>'
        f'<time datetime="{local.isoformat()}" data-form="relative">{_short(local)}</time></span>'
    )


@register.filter
def day(at: datetime) -> str:
    """The day of an instant in words: today and yesterday by their names."""
    date, today = localtime(at).date(), localdate()
    if date == today:
        return gettext("Today")
    if date == today - timedelta(days=1):
        return gettext("Yesterday")
    # E is the month as it stands beside a day; where a language has but one form, it is that.
    return date_format(date, "j E" if date.year == today.year else "j E Y")


@register.filter
def duration(seconds: float | None) -> str:
    """A duration in words of two units; nothing where there is none."""
    return "" if seconds is None else in_words(seconds)


@register.filter
def prose(text: str) -> SafeString:
    """What somebody wrote, line by line, with links to what looks like one."""
    if LINKED.search(text) is None:
        return SafeString(linebreaksbr(text, autoescape=True))
    lines = (
        urlize(line, autoescape=True) if LINKED.search(line) else escape(line)
        for line in normalize_newlines(text).split("\n")
    )
    return SafeString("<br>".join(lines))


def _short(local: datetime) -> str:
    form = _pattern(str(get_format("SHORT_DATE_FORMAT")), get_language() or "")
    if not form:
        return escape(date_format(local, "SHORT_DATETIME_FORMAT"))
    return local.strftime(form)


@lru_cache(maxsize=32)
def _pattern(form: str, language: str) -> str:
    """Say the form of a short date as `strftime` wants it; empty when it has letters of its own."""
    # Python itself names months in English, whatever the reader's language.
    letters = {**LETTERS, "M": "%b"} if language == "en" else LETTERS
    if any(sign.isalpha() and sign not in letters for sign in form) or set('%\\<>&"') & set(form):
        return ""
    return "".join(letters.get(sign, sign) for sign in form) + " %H:%M"


class Ranged(Protocol):
    """A figure with an interval."""

    @property
    def low(self) -> float:
        """Its end."""
        ...

    @property
    def high(self) -> float:
        """Its end."""
        ...


@register.filter
def figure(value: float) -> str:
    """A figure as somebody says it: three digits that count; nothing known is a dash."""
    if not math.isfinite(value):
        return "—"
    if value == 0:
        return "0"
    digits = max(2 - math.floor(math.log10(abs(value))), 0)
    return number_format(round(value, digits), min(digits, 3), use_l10n=True, force_grouping=True)


@register.filter
def interval(estimate: Ranged) -> str:
    """Where a figure lies; nothing where that is not known at all."""
    low, high = estimate.low, estimate.high
    if math.isinf(high):
        return _("%(low)s and more") % {"low": figure(low)} if low > 0 else ""
    return f"{figure(low)} – {figure(high)}" if math.isfinite(low) else ""


@register.filter
def money(amount: Money | None) -> str:
    """Say an amount with its currency."""
    return money_words(amount) if amount else ""
