"""Skills: who has them, and which tickets need them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ambidesk.edge.web.settings.nouns import Noun
from ambidesk.edge.web.ui.requests import Request
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.mastering import archive_skill, name_skill
from ambidesk.parties.staff.models import Member, Skill
from ambidesk.service.catalogue.models import Category, RequestType
from ambidesk.support.conversations.models import Channel
from ambidesk.support.routing.arranging import arrange_needs
from ambidesk.support.routing.rights import RoutingRight

# What the form asks for, by the field of the condition that it makes.
ASKED = {"brand": "one_of", "channel": "one_of", "category": "within", "request_type": "one_of"}


def _many(rows: QuerySet[Any], label: Any) -> Any:
    return forms.ModelMultipleChoiceField(
        rows, label=label, widget=forms.CheckboxSelectMultiple, required=False
    )


class SkillForm(forms.Form):
    """A skill, its people, its tickets: of these brands, and channels, and so on."""

    name = forms.CharField(label=_("Name"), max_length=60)
    members = _many(
        Member.objects.filter(user__is_active=True).select_related("user").order_by("user__name"),
        _("Who has it"),
    )
    brand = _many(Brand.objects.filter(archived_at=None), _("Brands"))
    channel = _many(Channel.objects.filter(enabled=True), _("Channels"))
    category = _many(Category.objects.filter(archived_at=None), _("Categories"))
    request_type = _many(RequestType.objects.filter(archived_at=None), _("Types"))
    groups = (
        ("", "", "", ("name", "members")),
        (
            "",
            _("Tickets that need it"),
            _("A ticket must fit every list with a choice. Without any choice no ticket needs it."),
            ("brand", "channel", "category", "request_type"),
        ),
    )


def condition_of(values: Mapping[str, Iterable[Model]]) -> list[object]:
    """Make the conditions that the form asks for; none where nothing is chosen."""
    parts = [
        {"field": field, "operator": operator, "value": [row.pk for row in values[field]]}
        for field, operator in ASKED.items()
        if values[field]
    ]
    return [{"all": parts}] if parts else []


def _rows(_request: Request) -> QuerySet[Skill]:
    return Skill.objects.prefetch_related("masteries", "needs").order_by("archived_at", "name")


def _facts(skill: Skill) -> tuple[str, ...]:
    people, needs = len(skill.masteries.all()), len(skill.needs.all())
    words = ngettext("%(n)s person", "%(n)s people", people) % {"n": people}
    return (words, str(_("given by a rule")) if needs else str(_("no ticket needs it")))


def _known(skill: Skill) -> dict[str, Any]:
    known: dict[str, Any] = {"name": skill.name, "members": skill.members.all()}
    for need in skill.needs.all():
        for part in need.condition.get("all", []):
            if part.get("field") in ASKED:
                known[part["field"]] = part.get("value", [])
    return known


@transaction.atomic
def _save(request: Request, skill: Skill | None, values: Mapping[str, Any]) -> None:
    by, at = request.actor, request.at
    row = name_skill(skill, name=values["name"], members=values["members"], by=by, at=at)
    arrange_needs(row, condition_of(values), by=by, at=at)


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
