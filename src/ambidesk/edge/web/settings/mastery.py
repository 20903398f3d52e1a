"""Who can what, and how well: people beside skills, in one table that is gone through by arrows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ambidesk.edge.web.settings import pages
from ambidesk.edge.web.settings.newcomers import Newcomer, newcomers
from ambidesk.edge.web.settings.sections import Section, sections
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.days import day_of
from ambidesk.parties.staff.mastering import rate
from ambidesk.parties.staff.models import Level, Mastery, Member, Skill
from ambidesk.parties.staff.standing_in import Away, away_of
from ambidesk.support.routing.risking import Risk, risks


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How well somebody can do something; 0 is not at all."""

    skill: Skill
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Somebody, each skill in the order of the columns, and until when they are away."""

    member: Member
    cells: tuple[Cell, ...]
    away: Away | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MasteryPage:
    """The table, as far as the search goes, and what hangs on one colleague."""

    section: str
    sections: tuple[Section, ...]
    words: str
    skills: tuple[Skill, ...]
    rows: tuple[Row, ...]
    risks: tuple[Risk, ...]
    newcomers: tuple[Newcomer, ...]
    at: datetime
    is_empty: bool

    @property
    def levels(self) -> list[tuple[int, str]]:
        """The levels that there are."""
        return [(each.value, str(each.label)) for each in Level]


def show(request: Request) -> HttpResponse:
    """Show the table; `q` asks for people or skills whose name has the words."""
    words = request.GET.get("q", "").strip()[:60]
    every = tuple(Skill.objects.filter(archived_at=None).order_by("name", "pk"))
    rated = Mastery.objects.filter(skill__in=every).values_list("member", "skill", "level")
    known = {(member, skill): level for member, skill, level in rated}
    working = Member.objects.filter(user__is_active=True).select_related("user")
    people = list(working.order_by("user__name", "pk"))
    skills, people = _narrowed(words, every, people, known)
    away = away_of([member.pk for member in people], at=request.at)
    rows = tuple(
        Row(
            member=member,
            cells=tuple(Cell(skill=s, level=known.get((member.pk, s.pk), 0)) for s in skills),
            away=away.get(member.pk),
        )
        for member in people
    )
    page = MasteryPage(
        section="mastery",
        sections=sections(request.actor),
        words=words,
        skills=skills,
        rows=rows,
        risks=risks(by=request.actor, at=request.at),
        newcomers=newcomers(request.actor, on=day_of(request.at)),
        at=request.at,
        is_empty=not every,
    )
    return render(request, "mastery.html", {"page": page})


@transaction.atomic
def save(request: Request) -> HttpResponse:
    """Rate those who were shown in the skills that were shown; others keep theirs."""
    shown = _numbers(request.POST.getlist("member"))
    said = dict(each.rpartition(":")[::2] for each in request.POST.getlist("level"))
    asked = _numbers(request.POST.getlist("skill"))
    people = set(Member.objects.filter(pk__in=shown).values_list("pk", flat=True))
    skills = Skill.objects.filter(pk__in=asked, archived_at=None).prefetch_related("masteries")
    for skill in skills.order_by("pk"):
        before = {each.member_id: each.level for each in skill.masteries.all()}
        after = {one: _level(said.get(f"{one}:{skill.pk}", "")) for one in sorted(people)}
        changed = {one: level for one, level in after.items() if level != before.get(one)}
        if changed:
            rate(skill, changed, by=request.actor, at=request.at)
    messages.success(request, _("Saved"))
    return pages.to(pages.list_url("mastery"))


def _narrowed(
    words: str,
    skills: tuple[Skill, ...],
    people: list[Member],
    known: Mapping[tuple[int, int], int],
) -> tuple[tuple[Skill, ...], list[Member]]:
    """Keep what the words name: people, or skills with whoever has them first."""
    if not words:
        return skills, people
    low = words.casefold()
    named = [member for member in people if low in member.name.casefold()]
    meant = tuple(skill for skill in skills if low in skill.name.casefold())
    if meant and not named:
        best = {
            member.pk: max((known.get((member.pk, skill.pk), 0) for skill in meant), default=0)
            for member in people
        }
        return meant, sorted(people, key=lambda member: -best[member.pk])
    return (meant or skills if named else ()), named


def _level(word: str) -> Level | None:
    return Level(int(word)) if word in {"1", "2", "3"} else None


def _numbers(words: list[str]) -> set[int]:
    return {int(word) for word in words if word.isascii() and word.isdigit() and len(word) < 19}
