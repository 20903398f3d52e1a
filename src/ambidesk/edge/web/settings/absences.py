"""
Absences: who is away and who stands in; entered by oneself, or by a lead for others.

Why somebody is away and what stands in the note is read by themselves and by leads.
"""

from datetime import date, timedelta

from django import forms
from django.contrib import messages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ambidesk.edge.web.settings import pages
from ambidesk.edge.web.settings.pages import FormPage, Line, ListPage, Step
from ambidesk.edge.web.settings.sections import sections
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.days import beginning_of, day_of
from ambidesk.parties.staff.absenting import Leave, days_of, end_absence, enter_absence
from ambidesk.parties.staff.models import Absence, AbsenceKind, Member, WorkGoes
from ambidesk.parties.staff.rights import StaffRight

SHOWN = 200
DAY = timedelta(days=1)
# What a calendar of a company holds; days far beyond are no instants of the database any more.
BOUNDS = (MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2100, 1, 1)))


class AbsenceForm(forms.Form):
    """Who is away, from which day to which, and who stands in."""

    member = forms.ModelChoiceField(Member.objects.none(), label=pgettext_lazy("absence", "Who"))
    kind = forms.ChoiceField(label=pgettext_lazy("absence", "Why"), choices=AbsenceKind.choices)
    starts_on = forms.DateField(
        label=gettext_lazy("First day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=BOUNDS,
    )
    ends_on = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=BOUNDS,
    )
    deputy = forms.ModelChoiceField(
        Member.objects.none(),
        label=gettext_lazy("Deputy"),
        required=False,
        help_text=gettext_lazy("Is told what the absent one would be told."),
    )
    work = forms.ChoiceField(label=gettext_lazy("Open work"), choices=WorkGoes.choices)
    note = forms.CharField(label=gettext_lazy("Note"), max_length=200, required=False)

    def __init__(
        self, request: Request, absence: Absence | None, given: QueryDict | None = None
    ) -> None:
        super().__init__(given, initial=_known(absence))
        people = Member.objects.filter(user__is_active=True).select_related("user")
        people = people.order_by("user__name", "pk")
        who, deputy = self.fields["member"], self.fields["deputy"]
        if absence:
            del self.fields["member"]
        elif isinstance(who, forms.ModelChoiceField):
            leads = request.actor.may(StaffRight.KEEP_ABSENCES)
            who.queryset = people if leads else people.filter(user=request.user)
            who.initial = people.filter(user=request.user).first()
        if isinstance(deputy, forms.ModelChoiceField):
            deputy.queryset = people


def show(request: Request) -> HttpResponse:
    """List who is away and who soon will be."""
    rows = Absence.objects.of_open_accounts().filter(ends_at__gt=request.at)
    rows = rows.select_related("member__user", "deputy__user")[:SHOWN]
    page = ListPage(
        section="absences",
        sections=sections(request.actor),
        title=_("Absences"),
        words=_(
            "Who is away gets no work from queues; the deputy is told what they would be told."
        ),
        lines=tuple(_line(request, row) for row in rows),
        add=reverse("settings-absences-new"),
        add_words=_("Enter an absence"),
        empty=_("Nobody is away, nor will be soon."),
    )
    return pages.show_list(request, page)


def ask(request: Request, pk: int = 0) -> HttpResponse:
    """Show the form of a new absence, or of one that may be changed."""
    row = _own(request, pk)
    return pages.show_form(request, _page(request, row, AbsenceForm(request, row)))


def enter(request: Request, pk: int = 0) -> HttpResponse:
    """Enter an absence, or change one."""
    row = _own(request, pk)

    def act(form: forms.Form) -> None:
        said = form.cleaned_data
        leave = Leave(
            kind=AbsenceKind(said["kind"]),
            starts_at=beginning_of(said["starts_on"]),
            ends_at=beginning_of(said["ends_on"] + DAY),
            deputy=said["deputy"],
            work=WorkGoes(said["work"]),
            note=said["note"],
        )
        member = row.member if row else said["member"]
        enter_absence(member, leave, absence=row, by=request.actor, at=request.at)
        messages.success(request, _("Saved"))

    return pages.save(request, _page(request, row, AbsenceForm(request, row, request.POST)), act)


def end(request: Request, pk: int) -> HttpResponse:
    """Withdraw an absence, or end it now."""
    row = _own(request, pk)
    if row is None:
        raise Http404
    end_absence(row, by=request.actor, at=request.at)
    return pages.done(request, _("The absence is ended"), section="absences")


def _line(request: Request, row: Absence) -> Line:
    mine = _may_change(request, row)
    facts = [days_of(row)]
    if mine:
        facts.insert(0, str(row.get_kind_display()))
    deputy = _("%(name)s stands in") % {"name": row.deputy.name} if row.deputy else ""
    return Line(
        url=reverse("settings-absences-one", args=[row.pk]) if mine else "",
        name=row.member.name,
        beneath=deputy or _("Nobody stands in"),
        facts=tuple(facts),
        state=_("Absent") if row.lasts(request.at) else "",
        state_kind="waiting",
    )


def _own(request: Request, pk: int) -> Absence | None:
    """Find an absence that the reader may change."""
    if not pk:
        return None
    row = _rows().filter(pk=pk, ends_at__gt=request.at).first()
    if row is None or not _may_change(request, row):
        raise Http404
    return row


def _rows() -> QuerySet[Absence]:
    return Absence.objects.select_related("member__user", "deputy__user")


def _may_change(request: Request, row: Absence) -> bool:
    return row.member.user_id == request.user.pk or request.actor.may(StaffRight.KEEP_ABSENCES)


def _known(row: Absence | None) -> dict[str, object]:
    if row is None:
        return {}
    return {
        "kind": row.kind,
        "starts_on": day_of(row.starts_at),
        "ends_on": day_of(row.ends_at - timedelta(seconds=1)),
        "deputy": row.deputy,
        "work": row.work,
        "note": row.note,
    }


def _page(request: Request, row: Absence | None, form: AbsenceForm) -> FormPage:
    steps: tuple[Step, ...] = ()
    if row:
        words = _("End it now") if row.lasts(request.at) else _("It does not take place")
        steps = (Step(url=reverse("settings-absences-end", args=[row.pk]), words=words),)
    return FormPage(
        section="absences",
        sections=sections(request.actor),
        title=row.member.name if row else _("Enter an absence"),
        form=form,
        back=reverse("settings-absences"),
        steps=steps,
    )
