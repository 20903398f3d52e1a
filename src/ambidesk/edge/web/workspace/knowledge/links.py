"""What an article is about: equipment, industries; and the contracts of its clients."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model
from django.http import HttpResponse

from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.knowledge.sight import visible_article
from ambidesk.service.assets.models import AssetClass, AssetModel
from ambidesk.service.assets.rights import AssetRight
from ambidesk.service.contracts.models import Contract
from ambidesk.support.knowledge.linking import Links, link
from ambidesk.support.knowledge.models import Article

M = TypeVar("M", bound=Model)
MOST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing that an article may be linked to."""

    pk: int
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksPart:
    """What can be chosen and what is."""

    models: tuple[Choice, ...]
    classes: tuple[Choice, ...]
    contracts: tuple[Choice, ...]
    industries: str

    @property
    def is_linked(self) -> bool:
        """Whether anything is chosen."""
        each = (*self.models, *self.classes, *self.contracts)
        return bool(self.industries) or any(choice.is_chosen for choice in each)


def save(request: Request, article: int, language: str) -> HttpResponse:
    """Link it anew; what somebody does not see stays linked."""
    row = visible_article(request.actor, article)
    given = request.POST
    said = Links(
        models=_chosen(_models(request), row.asset_models.all(), given.getlist("models")),
        classes=_chosen(_classes(request), row.asset_classes.all(), given.getlist("classes")),
        contracts=_chosen(_contracts(request), row.contracts.all(), given.getlist("contracts")),
        industries=given.get("industries", "").replace("\n", ",").split(","),
    )
    link(row, said, by=request.actor, at=request.at)
    return back_to("knowledge-text", article, language)


def part_of(request: Request, article: Article) -> LinksPart:
    """Say what an article is linked to and could be."""
    models = set(article.asset_models.values_list("pk", flat=True))
    classes = set(article.asset_classes.values_list("pk", flat=True))
    contracts = set(article.contracts.values_list("pk", flat=True))
    return LinksPart(
        models=tuple(
            Choice(pk=each.pk, name=str(each), is_chosen=each.pk in models)
            for each in _models(request)
        ),
        classes=tuple(
            Choice(pk=each.pk, name=each.name, is_chosen=each.pk in classes)
            for each in _classes(request)
        ),
        contracts=tuple(
            Choice(pk=each.pk, name=f"{each.company} {each.number}", is_chosen=each.pk in contracts)
            for each in _contracts(request)
        ),
        industries=", ".join(article.industries),
    )


def _chosen(offered: Sequence[M], standing: Iterable[M], picked: Collection[str]) -> list[M]:
    seen = {each.pk for each in offered}
    kept = [each for each in standing if each.pk not in seen]
    return [*kept, *(each for each in offered if str(each.pk) in picked)]


def _models(request: Request) -> list[AssetModel]:
    if not request.actor.may(AssetRight.SEE):
        return []
    return list(AssetModel.objects.filter(archived_at=None)[:MOST])


def _classes(request: Request) -> list[AssetClass]:
    if not request.actor.may(AssetRight.SEE):
        return []
    return list(AssetClass.objects.filter(archived_at=None)[:MOST])


def _contracts(request: Request) -> list[Contract]:
    rows = Contract.objects.visible_to(request.actor).filter(activated_at__isnull=False)
    return list(rows.select_related("company")[:MOST])
