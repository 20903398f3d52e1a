"""Who can what: people beside skills, in one table that is gone through by arrows."""

from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ambidesk.edge.web.settings import pages
from ambidesk.edge.web.settings.sections import Section, sections
from ambidesk.edge.web.ui.requests import Request
from ambidesk.parties.staff.mastering import name_skill
from ambidesk.parties.staff.models import Mastery, Member, Skill


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Whether somebody has a skill."""

    skill: Skill
    has: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Somebody, and each skill in the order of the columns."""

    member: Member
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MasteryPage:
    """The table."""

    section: str
    sections: tuple[Section, ...]
    skills: tuple[Skill, ...]
    rows: tuple[Row, ...]


def show(request: Request) -> HttpResponse:
    """Show the table."""
    skills = tuple(Skill.objects.filter(archived_at=None).order_by("name", "pk"))
    has = set(Mastery.objects.filter(skill__in=skills).values_list("member", "skill"))
    members = Member.objects.filter(user__is_active=True).select_related("user")
    rows = tuple(
        Row(
            member=member,
            cells=tuple(Cell(skill=each, has=(member.pk, each.pk) in has) for each in skills),
        )
        for member in members.order_by("user__name", "pk")
    )
    seen = sections(request.actor)
    page = MasteryPage(section="mastery", sections=seen, skills=skills, rows=rows)
    return render(request, "mastery.html", {"page": page})


@transaction.atomic
def save(request: Request) -> HttpResponse:
    """Let those who were shown have just the skills that are marked; others keep theirs."""
    shown = _numbers(request.POST.getlist("member"))
    marked = {tuple(each.split(":")) for each in request.POST.getlist("has")}
    asked = _numbers(request.POST.getlist("skill"))
    skills = Skill.objects.filter(pk__in=asked, archived_at=None).prefetch_related("masteries")
    for skill in skills.order_by("pk"):
        before = {each.member_id for each in skill.masteries.all()}
        after = (before - shown) | {one for one in shown if (str(one), str(skill.pk)) in marked}
        if after != before:
            people = Member.objects.filter(pk__in=after)
            name_skill(skill, name=skill.name, members=people, by=request.actor, at=request.at)
    messages.success(request, _("Saved"))
    return pages.to(pages.list_url("mastery"))


def _numbers(words: list[str]) -> set[int]:
    return {int(word) for word in words if word.isascii() and word.isdigit() and len(word) < 19}
