"""The filters of search: from, state, brand, before, after, has, in; English and Russian words."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.search.filters import Filter, Narrowing
from ambidesk.ground.search.marks import HAS_FILE
from ambidesk.ground.search.words import joined, plain, words_of
from ambidesk.parties.brands.models import Brand
from ambidesk.support.tickets.models import State, Ticket
from ambidesk.support.tickets.rules.states import ACTIVE, ENDED

FILES = {"attachment", "file", "files", "вложение", "файл", "файлы"}
SORTS = {
    "ticket": ("tickets", "ticket", "заявки", "заявка"),
    "message": ("messages", "message", "сообщения", "сообщение"),
    "note": ("notes", "note", "заметки", "заметка"),
    "file": ("files", "file", "файлы", "файл"),
    "person": ("people", "person", "люди", "человек"),
}
# Words that stand for several states at once.
OPEN = {"open", "active", "открыта", "открытые"}
ENDED_WORDS = {"ended", "done", "завершена", "завершённые"}


def _from(value: str, _actor: Actor, _at: datetime) -> Narrowing | None:
    words = [joined(value)] if "@" in value or "." in value else list(words_of(value))
    return Narrowing(marks=tuple((f"from:{word}",) for word in words if word)) if words else None


def _state(value: str, _actor: Actor, _at: datetime) -> Narrowing | None:
    asked = value.lower().replace(" ", "_")
    if asked in OPEN:
        states = list(ACTIVE)
    elif asked in ENDED_WORDS:
        states = list(ENDED)
    else:
        states = [s for s in State if asked in {s.value, str(s.label).lower().replace(" ", "_")}]
    if not states:
        return None
    return Narrowing(wholes=(Ticket.objects.filter(state__in=states),), sorts=ON_TICKETS)


def _brand(value: str, _actor: Actor, _at: datetime) -> Narrowing | None:
    wanted = plain(value)
    rows = Brand.objects.values_list("pk", "name", "slug")
    ids = [pk for pk, name, slug in rows if wanted in {plain(name), plain(slug)}]
    return Narrowing(scopes=tuple(ids)) if ids else None


def _before(value: str, _actor: Actor, at: datetime) -> Narrowing | None:
    day = _day(value, at)
    return Narrowing(before=day) if day else None


def _after(value: str, _actor: Actor, at: datetime) -> Narrowing | None:
    day = _day(value, at)
    return Narrowing(since=day + timedelta(days=1)) if day else None


def _day(value: str, at: datetime) -> datetime | None:
    words = {"today": 0, "сегодня": 0, "yesterday": 1, "вчера": 1}
    zone = get_current_timezone()
    if value.lower() in words:
        day = at.astimezone(zone).date() - timedelta(days=words[value.lower()])
    else:
        try:
            day = _date(value)
        except ValueError:
            return None
    return datetime.combine(day, time(), tzinfo=zone)


def _date(value: str) -> date:
    if value.count(".") == len("d.m"):
        value = "-".join(part.zfill(2) for part in reversed(value.split(".")))
    return date.fromisoformat(value)


def _has(value: str, _actor: Actor, _at: datetime) -> Narrowing | None:
    return Narrowing(marks=((HAS_FILE,),)) if value.lower() in FILES else None


def _in(value: str, _actor: Actor, _at: datetime) -> Narrowing | None:
    asked = value.lower()
    names = [name for name, words in SORTS.items() if asked in words]
    return Narrowing(sorts=tuple(names)) if names else None


ON_TICKETS = ("ticket", "message", "note", "file")
Read = Callable[[str, Actor, datetime], Narrowing | None]
FILTERS = (
    Filter(
        names=("from", "от"),
        label=_("by whom it was written: a name, an address or a domain"),
        example=_("from:anna@example.org"),
        read=_from,
    ),
    Filter(
        names=("state", "состояние"),
        label=_("state of the ticket"),
        example=_("state:open"),
        read=_state,
    ),
    Filter(names=("brand", "бренд"), label=_("brand"), example=_("brand:polka"), read=_brand),
    Filter(
        names=("before", "до"),
        label=_("before this day"),
        example=_("before:2026-03-01"),
        read=_before,
    ),
    Filter(
        names=("after", "после"),
        label=_("after this day"),
        example=_("after:yesterday"),
        read=_after,
    ),
    Filter(names=("has", "есть"), label=_("has files"), example=_("has:attachment"), read=_has),
    Filter(
        names=("in", "где"),
        label=_("only tickets, messages, notes, files or people"),
        example=_("in:notes"),
        read=_in,
    ),
)
