"""Staff: accounts, their roles and teams."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ambidesk.edge.web.settings import access
from ambidesk.edge.web.settings.nouns import Noun
from ambidesk.edge.web.settings.pages import Step
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.reach.granting import grant
from ambidesk.ground.reach.models import Role
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.parties.staff import hiring
from ambidesk.parties.staff.models import Member, Team
from ambidesk.support.succession.planning import held_by


class MemberForm(forms.Form):
    """Who somebody is, what they may do, where they belong."""

    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=150)
    email = forms.EmailField(label=_("E-mail"), help_text=_("They sign in with it."))
    roles = forms.ModelMultipleChoiceField(
        Role.objects.filter(archived_at=None), label=_("Roles"), widget=forms.CheckboxSelectMultiple
    )
    teams = forms.ModelMultipleChoiceField(
        Team.objects.filter(archived_at=None),
        label=_("Teams"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Presented:
    """What clients see of a colleague, and where it is changed."""

    member: Member
    holds: int
    template: str = "presented.html"


def _rows(_request: Request) -> QuerySet[Member]:
    rows = Member.objects.select_related("user").prefetch_related("user__grants__role", "teams")
    return rows.order_by("-user__is_active", "user__name")


def _facts(member: Member) -> tuple[str, ...]:
    roles = ", ".join(str(grant.role) for grant in member.user.grants.all())
    teams = ", ".join(team.name for team in member.teams.all())
    return (member.user.email, roles, teams)


def _known(member: Member) -> dict[str, Any]:
    return {
        "name": member.name,
        "email": member.user.email,
        "roles": Role.objects.filter(grants__user=member.user),
        "teams": member.teams.all(),
    }


@transaction.atomic
def _save(
    request: Request, member: Member | None, values: Mapping[str, Any]
) -> HttpResponse | None:
    by, at = request.actor, request.at
    name, email = values["name"], values["email"]
    if member is None:
        roles = values["roles"]
        new = hiring.hire(email=email, name=name, roles=roles, password=None, by=by, at=at)
        hiring.join_teams(new, values["teams"], by=by, at=at)
        return access.show_link(request, new)
    hiring.introduce(member, name=name, email=email, by=by, at=at)
    grant(member.user, values["roles"], by=by, at=at)
    hiring.join_teams(member, values["teams"], by=by, at=at)
    return None


def _steps(member: Member) -> tuple[Step, ...]:
    if not member.is_active:
        return ()
    return (
        Step(url=reverse("settings-staff-link", args=[member.pk]), words=_("Make a sign-in link")),
        Step(
            url=reverse("settings-staff-factors", args=[member.pk]),
            words=_("Phone or key is lost"),
        ),
    )


def _archive(request: Request, member: Member) -> object:
    change = hiring.dismiss if member.user.is_active else hiring.rehire
    return change(member, by=request.actor, at=request.at)


STAFF = Noun(
    key="staff",
    model=Member,
    form=MemberForm,
    right=ReachRight.MANAGE,
    title=_("Staff"),
    words=_("Who works here. Closing an account ends its sessions and open screens at once."),
    add_words=_("New colleague"),
    empty=_("Invite the first colleague."),
    rows=_rows,
    facts=_facts,
    known=_known,
    save=_save,
    archive=_archive,
    steps=_steps,
    report=lambda member: Presented(member=member, holds=held_by(member)),
)
