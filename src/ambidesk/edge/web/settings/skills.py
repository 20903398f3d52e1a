"""Skills: who has them, and which tickets need them."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ambidesk.edge.web.settings.nouns import Noun
from ambidesk.edge.web.ui.conditions import ConditionField
from ambidesk.edge.web.ui.requests import Request
from ambidesk.parties.staff.mastering import archive_skill, name_skill
from ambidesk.parties.staff.models import Member, Skill
from ambidesk.support.routing.arranging import arrange_needs
from ambidesk.support.routing.rights import RoutingRight


class SkillForm(forms.Form):
    """A skill, its people, its tickets."""

    name = forms.CharField(label=_("Name"), max_length=60)
    members = forms.ModelMultipleChoiceField(
        Member.objects.filter(user__is_active=True).select_related("user").order_by("user__name"),
        label=_("Who has it"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    condition = ConditionField(
        label=_("Tickets that need it"),
        required=False,
        help_text=_("Without a condition no ticket needs it."),
    )


def _rows(_request: Request) -> QuerySet[Skill]:
    return Skill.objects.prefetch_related("masteries", "needs").order_by("archived_at", "name")


def _facts(skill: Skill) -> tuple[str, ...]:
    people, needs = len(skill.masteries.all()), len(skill.needs.all())
    words = ngettext("%(n)s person", "%(n)s people", people) % {"n": people}
    return (words, str(_("given by a rule")) if needs else str(_("no ticket needs it")))


def _known(skill: Skill) -> dict[str, Any]:
    known: dict[str, Any] = {"name": skill.name, "members": skill.members.all()}
    conditions = [need.condition for need in skill.needs.all()]
    if conditions:
        known["condition"] = conditions[0] if len(conditions) == 1 else {"any": conditions}
    return known


@transaction.atomic
def _save(request: Request, skill: Skill | None, values: Mapping[str, Any]) -> None:
    by, at = request.actor, request.at
    row = name_skill(skill, name=values["name"], members=values["members"], by=by, at=at)
    condition = values["condition"]
    arrange_needs(row, [] if condition is None else [condition], by=by, at=at)


SKILLS = Noun(
    key="skills",
    model=Skill,
    form=SkillForm,
    right=RoutingRight.MANAGE,
    title=_("Skills"),
    words=_("What needs a skill is taken by those only who have it."),
    add_words=_("New skill"),
    empty=_("Name the first skill, a language for example."),
    rows=_rows,
    facts=_facts,
    known=_known,
    save=_save,
    archive=lambda request, skill: archive_skill(skill, by=request.actor, at=request.at),
)
