"""Staff: accounts, their roles and teams."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ambidesk.edge.web.settings.nouns import Noun
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.reach.granting import grant
from ambidesk.ground.reach.models import Role
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.parties.staff import hiring
from ambidesk.parties.staff.models import Member, Team


class MemberForm(forms.Form):
    """Who somebody is, what they may do, where they belong."""

    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=150)
    email = forms.EmailField(label=_("E-mail"), help_text=_("They sign in with it."))
    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(render_value=False),
        required=False,
        min_length=12,
        help_text=_("At least twelve characters. Leave it empty to keep the one they have."),
    )
    roles = forms.ModelMultipleChoiceField(
        Role.objects.order_by("name"), label=_("Roles"), widget=forms.CheckboxSelectMultiple
    )
    teams = forms.ModelMultipleChoiceField(
        Team.objects.filter(archived_at=None),
        label=_("Teams"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


def _rows(_request: Request) -> QuerySet[Member]:
    rows = Member.objects.select_related("user").prefetch_related("user__grants__role", "teams")
    return rows.order_by("-user__is_active", "user__name")


def _facts(member: Member) -> tuple[str, ...]:
    roles = ", ".join(grant.role.name for grant in member.user.grants.all())
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
def _save(request: Request, member: Member | None, values: Mapping[str, Any]) -> object:
    by, at = request.actor, request.at
    if member is None:
        member = hiring.hire(
            email=values["email"],
            name=values["name"],
            roles=values["roles"],
            password=values["password"] or None,
            by=by,
            at=at,
        )
    else:
        hiring.introduce(
            member,
            name=values["name"],
            email=values["email"],
            password=values["password"] or None,
            by=by,
            at=at,
        )
        grant(member.user, values["roles"], by=by, at=at)
    return hiring.join_teams(member, values["teams"], by=by, at=at)


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
)
