"""Roles: named sets of rights."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ambidesk.edge.web.settings.nouns import Noun
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.reach import rights
from ambidesk.ground.reach.describing import archive_role, describe_role
from ambidesk.ground.reach.models import Role
from ambidesk.ground.reach.rights import ReachRight


def _choices() -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (str(group.title), [(right, str(words)) for right, words in group.rights])
        for group in rights.groups()
    ]


class RoleForm(forms.Form):
    """A role's name and rights."""

    name = forms.CharField(label=_("Name"), max_length=80)
    rights = forms.MultipleChoiceField(
        label=_("Rights"), choices=_choices, widget=forms.CheckboxSelectMultiple, required=False
    )


def _facts(role: Role) -> tuple[str, ...]:
    count = len(role.rights)
    return (ngettext("%(n)s right", "%(n)s rights", count) % {"n": count},)


def _save(request: Request, role: Role | None, values: Mapping[str, Any]) -> None:
    # A shipped name that was only read stays shipped, in every language.
    name = role.name if role and values["name"] == str(role) else values["name"]
    describe_role(role, name=name, rights=values["rights"], by=request.actor, at=request.at)


ROLES = Noun(
    key="roles",
    model=Role,
    form=RoleForm,
    right=ReachRight.MANAGE,
    title=_("Roles"),
    words=_("What somebody may do follows from their roles, at once."),
    add_words=_("New role"),
    empty=_("Make the first role."),
    rows=lambda _request: Role.objects.order_by(F("archived_at").desc(nulls_first=True), "name"),
    facts=_facts,
    known=lambda role: {"name": str(role), "rights": role.rights},
    save=_save,
    archive=lambda request, role: archive_role(role, by=request.actor, at=request.at),
)
