"""Contractors: which companies are called in, for what, where, when and how quickly."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.settings.lengths import LengthField, written_length
from ambidesk.edge.web.settings.nouns import Noun
from ambidesk.edge.web.ui.requests import Request
from ambidesk.parties.companies.models import Company
from ambidesk.parties.staff.models import Skill
from ambidesk.service.contractors.engaging import Terms, dismiss, engage
from ambidesk.service.contractors.models import Contractor
from ambidesk.service.contractors.rights import ContractorRight
from ambidesk.service.sla.models import ServiceCalendar


class ContractorForm(forms.Form):
    """What is agreed with a company that is called in."""

    company: Any = forms.ModelChoiceField(
        QuerySet(Company).filter(archived_at=None).order_by("name"), label=_("Company")
    )
    work_for = LengthField(label=_("Time for a stage"), help_text=_("As 4 h or 1 h 30 min."))
    margin = LengthField(
        label=_("Before the client's time ends"),
        help_text=_("Whatever their own time, they are due so much before the client is."),
    )
    calendar: Any = forms.ModelChoiceField(
        ServiceCalendar.objects.filter(archived_at=None).order_by("name"),
        label=_("Their hours"),
        required=False,
        empty_label=_("around the clock"),
    )
    email = forms.EmailField(
        label=_("Mail address"),
        help_text=_("For vendors without a portal: what is handed over leaves by mail."),
        required=False,
    )
    area = forms.CharField(label=_("Area"), max_length=300, required=False)
    rate = forms.DecimalField(
        label=_("Rate of an hour, ₽"), min_value=0, max_digits=11, decimal_places=2, required=False
    )
    skills: Any = forms.ModelMultipleChoiceField(
        Skill.objects.filter(archived_at=None).order_by("name"),
        label=_("What they can do"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


def _rows(request: Request) -> QuerySet[Contractor]:
    rows = Contractor.objects.visible_to(request.actor)
    rows = rows.select_related("company", "calendar").prefetch_related("skills")
    return rows.order_by("dismissed_at", "company__name")


def _facts(row: Contractor) -> tuple[str, ...]:
    skills = ", ".join(skill.name for skill in row.skills.all())
    facts = (skills, row.area, written_length(row.work_for), row.email)
    return tuple(each for each in facts if each)


def _known(row: Contractor) -> dict[str, Any]:
    return {
        "company": row.company,
        "work_for": written_length(row.work_for),
        "margin": written_length(row.margin),
        "calendar": row.calendar,
        "email": row.email,
        "area": row.area,
        "rate": row.rate,
        "skills": row.skills.all(),
    }


def _save(request: Request, row: Contractor | None, values: Mapping[str, Any]) -> None:
    terms = Terms(
        work_for=values["work_for"],
        margin=values["margin"],
        calendar=values["calendar"],
        area=values["area"],
        email=values["email"],
        rate=values["rate"],
        skills=tuple(values["skills"]),
    )
    # One company is one contractor: an agreement is never carried over to another.
    company = row.company if row else values["company"]
    engage(company, terms, by=request.actor, at=request.at)


CONTRACTORS = Noun(
    key="contractors",
    model=Contractor,
    form=ContractorForm,
    right=ContractorRight.MANAGE,
    title=_("Contractors"),
    words=_("Stages of tickets are handed over to them; their people sign in and see only those."),
    add_words=_("New contractor"),
    empty=_("Say which company you call in. Its people get in by an authority of their own."),
    rows=_rows,
    facts=_facts,
    known=_known,
    save=_save,
    archive=lambda request, row: dismiss(row, by=request.actor, at=request.at),
    state=lambda row: (gettext("not called in"), "quiet") if row.dismissed_at else ("", ""),
    begun=lambda _request: {"work_for": "8 h", "margin": "1 h"},
)
