"""Handing on: all open work of somebody goes to others; seen beforehand, listed, taken back."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambidesk.edge.web.settings import pages
from ambidesk.edge.web.settings.sections import Section, sections
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.parties.staff.models import Member, Team
from ambidesk.parties.staff.rights import StaffRight
from ambidesk.support.desk.batches.counting import Report
from ambidesk.support.succession.handing import hand_on, preview, reports_of, take_back
from ambidesk.support.succession.models import Succession, Way
from ambidesk.support.succession.planning import Part, Target, open_work_of

SHOWN = 30


class HandingForm(forms.Form):
    """Whose work, and to whom."""

    member = forms.ModelChoiceField(Member.objects.none(), label=gettext_lazy("Whose work"))
    way = forms.ChoiceField(
        label=gettext_lazy("To whom"), choices=Way.choices, widget=forms.RadioSelect
    )
    to_member = forms.ModelChoiceField(
        Member.objects.none(), label=gettext_lazy("Colleague"), required=False
    )
    to_team = forms.ModelChoiceField(
        Team.objects.filter(archived_at=None), label=gettext_lazy("Team"), required=False
    )

    def __init__(self, request: Request, given: QueryDict | None = None) -> None:
        initial = {"way": Way.MEMBER, "member": request.GET.get("member")}
        super().__init__(given, initial=initial)
        people = Member.objects.select_related("user").order_by("-user__is_active", "user__name")
        whose, to = self.fields["member"], self.fields["to_member"]
        if isinstance(whose, forms.ModelChoiceField):
            leads = request.actor.may(StaffRight.KEEP_ABSENCES)
            whose.queryset = people if leads else people.filter(user=request.user)
        if isinstance(to, forms.ModelChoiceField):
            to.queryset = people.filter(user__is_active=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many tickets somebody, a team or nobody would get."""

    to: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a handover would do."""

    shares: tuple[Share, ...]
    refused: tuple[tuple[int, str], ...]
    left: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A handover and what came of it."""

    row: Succession
    reports: tuple[Report, ...]

    @property
    def done(self) -> int:
        """How many tickets went on and are there still."""
        return sum(report.done for report in self.reports)

    @property
    def is_moving(self) -> bool:
        """Whether something of it is under way."""
        return any(report.batch.is_moving for report in self.reports)

    @property
    def refusals(self) -> list[tuple[int, str]]:
        """Tickets that stayed, each with its reason."""
        items = [item for report in self.reports for item in report.refused]
        return [(item.ticket_id, item.refusal) for item in items]


@dataclass(frozen=True, slots=True, kw_only=True)
class SuccessionPage:
    """The form, what it would do, and what was handed on lately."""

    section: str
    sections: tuple[Section, ...]
    form: HandingForm
    held: int | None = None
    seen: Seen | None = None
    past: tuple[Past, ...] = field(default=())


def show(request: Request) -> HttpResponse:
    """Show the form and the handovers of late."""
    return _shown(request, HandingForm(request))


def act(request: Request) -> HttpResponse:
    """Hand on, or show beforehand what would go where."""
    form = HandingForm(request, request.POST)
    if not form.is_valid():
        return _shown(request, form, status=422)
    said = form.cleaned_data
    way = Way(said["way"])
    target = Target(
        way=way,
        member=said["to_member"] if way is Way.MEMBER else None,
        team=said["to_team"] if way is Way.TEAM else None,
    )
    by, at = request.actor, request.at
    try:
        if request.POST.get("preview"):
            seen = preview(said["member"], target, by=by, at=at)
            shares = _shares(target, seen.plan.parts)
            told = Seen(shares=shares, refused=tuple(seen.refused), left=seen.plan.left)
            return _shown(request, form, seen=told)
        hand_on(said["member"], target, by=by, at=at)
    except Refusal as refused:
        named = refused.field if isinstance(refused, InvalidInput) else None
        form.add_error(named if named in form.fields else None, str(refused))
        return _shown(request, form, status=422)
    messages.success(request, _("The work is handed on"))
    return pages.to(pages.list_url("successions"))


def undo(request: Request, pk: int) -> HttpResponse:
    """Take a handover back."""
    row = _visible(request).filter(pk=pk).first()
    if row is None:
        raise Http404
    take_back(row, by=request.actor, at=request.at)
    return pages.done(request, _("Undone"), section="successions")


def _shown(
    request: Request, form: HandingForm, *, seen: Seen | None = None, status: int = 200
) -> HttpResponse:
    rows = _visible(request).select_related("member__user", "to_member__user", "to_team")
    whose = str(form["member"].value() or "")
    member = None
    if whose.isascii() and whose.isdigit() and len(whose) < 18:
        member = Member.objects.filter(pk=int(whose)).first()
    page = SuccessionPage(
        section="successions",
        sections=sections(request.actor),
        form=form,
        held=open_work_of(member, by=request.actor).count() if member else None,
        seen=seen,
        past=_past(rows),
    )
    return render(request, "successions.html", {"page": page}, status=status)


def _past(rows: QuerySet[Succession]) -> tuple[Past, ...]:
    latest = rows[:SHOWN]
    reports = reports_of(latest)
    return tuple(Past(row=row, reports=tuple(reports.get(row.pk, ()))) for row in latest)


def _visible(request: Request) -> QuerySet[Succession]:
    rows = Succession.objects.all()
    if request.actor.may(StaffRight.KEEP_ABSENCES):
        return rows
    return rows.filter(member__user=request.user)


def _shares(target: Target, parts: Collection[Part]) -> tuple[Share, ...]:
    names = {
        row.pk: row.name
        for row in Member.objects.filter(
            pk__in=[part.to for part in parts if part.to]
        ).select_related("user")
    }
    nobody = target.team.name if target.team else _("their teams")
    return tuple(
        Share(to=names.get(part.to or 0, nobody), number=len(part.numbers)) for part in parts
    )
