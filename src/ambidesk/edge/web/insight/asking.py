"""Asking: which days, of which place, compared by what; read from the address of a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambidesk.across.insight.reading import By, Question, places_seen
from ambidesk.edge.web.insight.narrowing import Narrowing, narrowing_of
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.models import Member, Team
from ambidesk.support.conversations.models import Channel

SPANS = (7, 28, 91)
USUAL = 28
LONGEST = 731
WORDS: Mapping[By, str | Promise] = {
    By.TEAM: gettext_lazy("Team"),
    By.BRAND: gettext_lazy("Brand"),
    By.CHANNEL: gettext_lazy("Channel"),
    By.OPERATOR: gettext_lazy("Operator"),
}
ALL: Mapping[By, str | Promise] = {
    By.TEAM: gettext_lazy("All teams"),
    By.BRAND: gettext_lazy("All brands"),
    By.CHANNEL: gettext_lazy("All channels"),
    By.OPERATOR: gettext_lazy("All operators"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One place that can be asked for."""

    id: int
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Select:
    """The places of a kind; `name` stands in the address."""

    name: str
    label: str | Promise
    all: str | Promise
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a page was asked for."""

    question: Question
    by: By
    narrowing: Narrowing

    @property
    def words(self) -> str:
        """The days in words, both ends included."""
        first, last = self.question.first, self.question.until - timedelta(days=1)
        if first == last:
            return date_format(first, "j E Y")
        form = "j E" if first.year == last.year else "j E Y"
        return f"{date_format(first, form)} – {date_format(last, 'j E Y')}"

    def address(self, **changes: object) -> str:
        """What stands behind the question mark of a page that asks the same but for changes."""
        question = self.question
        values: dict[str, object] = {
            "from": question.first.isoformat(),
            "to": (question.until - timedelta(days=1)).isoformat(),
            **{by.value: getattr(question, by.value) for by in By},
            "by": self.by.value,
            "condition": self.narrowing.text or None,
            **changes,
        }
        return urlencode({name: each for name, each in values.items() if each is not None})


def asked_of(request: Request) -> Asked:
    """Read what was asked; days and places that make no sense are as if they were not asked for."""
    query = request.GET
    today = today_of(request.at)
    first, last = _day(query.get("from")), _day(query.get("to"))
    last = min(last or today, today)
    usual = last - timedelta(days=_span(query.get("days")) - 1)
    first = usual if first is None or first > last else first
    first = max(first, last - timedelta(days=LONGEST - 1))
    narrowing = narrowing_of(request)
    by = query.get("by", "")
    return Asked(
        question=Question(
            first=first,
            until=last + timedelta(days=1),
            team=_number(query.get(By.TEAM)),
            brand=_number(query.get(By.BRAND)),
            channel=_number(query.get(By.CHANNEL)),
            operator=_number(query.get(By.OPERATOR)),
            tickets=narrowing.tickets,
        ),
        narrowing=narrowing,
        by=By(by) if by in set(By) else By.TEAM,
    )


def today_of(at: datetime) -> date:
    """The day of the desk."""
    return timezone.localtime(at, timezone.get_default_timezone()).date()


def selects_of(question: Question, *, actor: Actor) -> tuple[Select, ...]:
    """What can be asked for: places that have figures which the actor may see."""
    return tuple(_select(by, question, actor) for by in By)


def names_of(by: By, ids: Sequence[int]) -> dict[int, str]:
    """The names of places; those that are no more are called by their number."""
    named = dict(_names(by, ids))
    return {number: named.get(number) or f"#{number}" for number in ids}


def _select(by: By, question: Question, actor: Actor) -> Select:
    chosen = getattr(question, by.value)
    names = names_of(by, places_seen(by, actor=actor))
    choices = tuple(
        Choice(id=number, name=name, is_chosen=number == chosen)
        for number, name in sorted(names.items(), key=lambda pair: pair[1].lower())
    )
    return Select(name=by.value, label=WORDS[by], all=ALL[by], choices=choices)


def _names(by: By, ids: Sequence[int]) -> list[tuple[int, str]]:
    match by:
        case By.BRAND:
            return list(Brand.objects.filter(pk__in=ids).values_list("pk", "name"))
        case By.TEAM:
            return list(Team.objects.filter(pk__in=ids).values_list("pk", "name"))
        case By.CHANNEL:
            return list(Channel.objects.filter(pk__in=ids).values_list("pk", "name"))
        case By.OPERATOR:
            members = Member.objects.filter(pk__in=ids).select_related("user")
            return [(member.pk, member.name) for member in members]


def nobody(by: By) -> str:
    """What is called that belongs to no place of a kind."""
    return _("Nobody") if by is By.OPERATOR else _("None")


def _day(given: str | None) -> date | None:
    try:
        return date.fromisoformat(given or "")
    except ValueError:
        return None


def _span(given: str | None) -> int:
    return int(given) if given in {str(each) for each in SPANS} else USUAL


def _number(given: str | None) -> int | None:
    if given and given.isascii() and given.isdecimal() and len(given) < 18:
        return int(given)
    return None
