"""
Naming: what figures are compared by, and what each is called.

Names are of what the actor sees; the rest, and what is no more, is called by its number.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from ambidesk.across.insight.questions import By
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.companies.models import Company, Site, Territory
from ambidesk.parties.staff.models import Member, Team
from ambidesk.service.assets.models import AssetModel
from ambidesk.service.catalogue.models import Category
from ambidesk.service.contracts.models import Contract
from ambidesk.service.workflow.models import Process
from ambidesk.service.workflow.models.run import PLACES
from ambidesk.service.workflow.rules.reading import read_plan
from ambidesk.support.conversations.models import Channel

WORDS: Mapping[By, str | Promise] = {
    By.TEAM: gettext_lazy("Team"),
    By.BRAND: gettext_lazy("Brand"),
    By.CHANNEL: gettext_lazy("Channel"),
    By.OPERATOR: gettext_lazy("Operator"),
    By.COMPANY: gettext_lazy("Company"),
    By.SITE: gettext_lazy("Site"),
    By.TERRITORY: gettext_lazy("Territory"),
    By.CONTRACT: gettext_lazy("Contract"),
    By.MODEL: pgettext_lazy("equipment", "Model"),
    By.CATEGORY: gettext_lazy("Category"),
    By.STAGE: pgettext_lazy("process", "Stage"),
}
ALL: Mapping[By, str | Promise] = {
    By.TEAM: gettext_lazy("All teams"),
    By.BRAND: gettext_lazy("All brands"),
    By.CHANNEL: gettext_lazy("All channels"),
    By.OPERATOR: gettext_lazy("All operators"),
}
Names = Iterable[tuple[int, str]]


def names_of(by: By, ids: Sequence[int], *, actor: Actor, whose: bool = False) -> dict[int, str]:
    """Name many of a kind; `whose` says of which company, where it is one's."""
    named = dict(_names(by, ids, actor, whose=whose)) if ids else {}
    return {number: named.get(number) or f"#{number}" for number in ids}


def name_of(by: By, number: int, *, actor: Actor) -> str | None:
    """Name one; None where there is none that the actor sees."""
    return dict(_names(by, [number], actor, whose=False)).get(number)


def nobody(by: By) -> str:
    """What is called that belongs to none of a kind."""
    return _("Nobody") if by is By.OPERATOR else _("None")


def _names(by: By, ids: Sequence[int], actor: Actor, *, whose: bool) -> Names:
    match by:
        case By.BRAND:
            return Brand.objects.filter(pk__in=ids).values_list("pk", "name")
        case By.TEAM:
            return Team.objects.filter(pk__in=ids).values_list("pk", "name")
        case By.CHANNEL:
            return Channel.objects.filter(pk__in=ids).values_list("pk", "name")
        case By.OPERATOR:
            members = Member.objects.filter(pk__in=ids).select_related("user")
            return [(member.pk, member.name) for member in members]
        case _:
            return _names_about(by, ids, actor, whose=whose)


def _names_about(by: By, ids: Sequence[int], actor: Actor, *, whose: bool) -> Names:
    match by:
        case By.SITE | By.TERRITORY | By.CONTRACT:
            owned: Any = {By.SITE: Site, By.TERRITORY: Territory, By.CONTRACT: Contract}[by]
            rows = owned.objects.visible_to(actor).filter(pk__in=ids)
            named = [(row.pk, str(row), str(row.company)) for row in rows.select_related("company")]
            return [(pk, f"{name} · {of}" if whose else name) for pk, name, of in named]
        case By.COMPANY:
            companies = Company.objects.visible_to(actor).filter(pk__in=ids)
            return companies.values_list("pk", "name")
        case By.STAGE:
            return _stages(ids)
        case _:
            things: Any = AssetModel if by is By.MODEL else Category
            return [(row.pk, str(row)) for row in things.objects.filter(pk__in=ids)]


def _stages(places: Sequence[int]) -> Names:
    """Stages by their process, as its draft has them; what was taken out of it has a number."""
    language = get_language() or "en"
    for row in Process.objects.filter(pk__in={place // PLACES for place in places}):
        for stage in read_plan(row.draft).stages:
            yield row.pk * PLACES + stage.id, f"{row}: {stage.name.said(language)}"
