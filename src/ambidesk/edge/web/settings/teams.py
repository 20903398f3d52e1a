"""Teams: who shares queues, for which brands."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ambidesk.edge.web.settings.nouns import Noun
from ambidesk.edge.web.ui.requests import Request
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff import forming
from ambidesk.parties.staff.models import Member, Team
from ambidesk.parties.staff.models.team import Line
from ambidesk.parties.staff.rights import StaffRight


class TeamForm(forms.Form):
    """A team's name, brands and members."""

    name = forms.CharField(label=_("Name"), max_length=80)
    line = forms.TypedChoiceField(
        label=_("Line"),
        choices=Line.choices,
        coerce=lambda value: Line(int(value)),
        initial=Line.FIRST.value,
        help_text=_("What a line cannot solve is escalated to a team of a further one."),
    )
    brands = forms.ModelMultipleChoiceField(
        Brand.objects.filter(archived_at=None),
        label=_("Brands"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Members see the tickets of these brands."),
    )
    members = forms.ModelMultipleChoiceField(
        Member.objects.filter(user__is_active=True).select_related("user").order_by("user__name"),
        label=_("Members"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


def _rows(_request: Request) -> QuerySet[Team]:
    return Team.objects.prefetch_related("brands", "memberships").order_by("archived_at", "name")


def _facts(team: Team) -> tuple[str, ...]:
    count = len(team.memberships.all())
    brands = ", ".join(brand.name for brand in team.brands.all())
    line = "" if team.line == Line.FIRST else str(Line(team.line).label)
    return (line, brands, ngettext("%(n)s member", "%(n)s members", count) % {"n": count})


def _save(request: Request, team: Team | None, values: Mapping[str, Any]) -> None:
    forming.form_team(team, **values, by=request.actor, at=request.at)


TEAMS = Noun(
    key="teams",
    model=Team,
    form=TeamForm,
    right=StaffRight.MANAGE_TEAMS,
    title=_("Teams"),
    words=_("Members of a team share its queue and see the tickets of its brands."),
    add_words=_("New team"),
    empty=_("Form the first team: then somebody sees the tickets."),
    rows=_rows,
    facts=_facts,
    known=lambda team: {
        "name": team.name,
        "line": team.line,
        "brands": team.brands.all(),
        "members": team.members.all(),
    },
    save=_save,
    archive=lambda request, team: forming.archive_team(team, by=request.actor, at=request.at),
)
