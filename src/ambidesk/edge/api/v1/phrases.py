"""What operators answer and work with again and again: templates, macros, views of one's own."""

from typing import Any

from django.db.models import QuerySet
from pydantic import Field

from ambidesk.edge.api.door import Call
from ambidesk.edge.api.nouns import Noun, declare
from ambidesk.edge.api.operations import operation
from ambidesk.edge.api.reaching import brand_named, one, team_named
from ambidesk.edge.api.schemas import Id, Input, Key, Output
from ambidesk.edge.api.v1.desk import ours
from ambidesk.edge.api.v1.directory import NamedOut
from ambidesk.edge.api.v1.turning import require_somebody
from ambidesk.service.catalogue.rights import CatalogueRight
from ambidesk.support.desk import phrasing, saving
from ambidesk.support.desk.macros import writing
from ambidesk.support.desk.models import Macro, SavedView, Template
from ambidesk.support.tickets.rights import TicketRight

NOUN = "Templates, macros, views"
SEE, MANAGE = TicketRight.SEE, CatalogueRight.MANAGE


class Whose(Input):
    """What it is for: without a brand for all of them, without a team likewise."""

    name: str = Field(min_length=1, max_length=80)
    brand_id: Id | None = None
    team_id: Id | None = None


class NewTemplate(Whose):
    """Words to answer with; they may name variables, as {{requester.name}}."""

    text: str = Field(min_length=1, max_length=10_000)
    language: str = Field("", max_length=2, description="ru, en, or empty for any")


class StepIn(Input):
    """One step: an action and what it is done with, as macros and rules have them."""

    action: str = Field(min_length=1, max_length=60)
    parameters: dict[str, Any] = Field(default_factory=dict)


class NewMacro(Whose):
    """Steps that are done at once."""

    steps: list[StepIn] = Field(min_length=1, max_length=20)


class WhoseOut(NamedOut):
    """Something with a name, of a brand or all, of a team or all."""

    brand_id: int | None
    team_id: int | None


class TemplateOut(WhoseOut):
    """Words to answer with; they are filled in where they are used."""

    text: str
    language: str


class MacroOut(WhoseOut):
    """Steps that are done at once."""

    steps: list[dict[str, Any]]


class NewView(Input):
    """A view of the member of staff whom the key acts for; a team of theirs may share it."""

    name: str = Field(min_length=1, max_length=60)
    condition: dict[str, Any] = Field(description="As the builder of views makes it")
    team_id: Id | None = None
    icon: str = Field("list-filter", max_length=40)
    order: int = Field(0, ge=0, le=999)


class OwnViewOut(Output):
    """A view that somebody saved; lists of tickets take its `key` as `view`."""

    id: int
    key: str
    name: str
    condition: dict[str, Any]
    team_id: int | None
    icon: str
    order: int


def _save_template(request: Call, row: Template | None, body: NewTemplate) -> Template:
    return phrasing.write_template(
        row,
        name=body.name,
        text=body.text,
        language=body.language,
        brand=brand_named(request.actor, body.brand_id),
        team=team_named(request.actor, body.team_id),
        by=request.actor,
        at=request.at,
    )


def _save_macro(request: Call, row: Macro | None, body: NewMacro) -> Macro:
    text = writing.MacroText(
        name=body.name,
        steps=[each.model_dump() for each in body.steps],
        brand=brand_named(request.actor, body.brand_id),
        team=team_named(request.actor, body.team_id),
    )
    return writing.write_macro(row, text, by=request.actor, at=request.at)


def _whose(row: Template | Macro) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "is_archived": row.archived_at is not None,
        "brand_id": row.brand_id,
        "team_id": row.team_id,
    }


declare(
    Noun(
        chapter=NOUN,
        path="templates",
        name="Template",
        singular="a template",
        plural="templates",
        sees=SEE,
        changes=MANAGE,
        gives=TemplateOut,
        takes=NewTemplate,
        rows=lambda request: Template.objects.filter(ours(request)),
        shown=lambda _request, row: {**_whose(row), "text": row.text, "language": row.language},
        save=_save_template,
        turn=lambda request, row: phrasing.archive_template(row, by=request.actor, at=request.at),
        shared=lambda row: row.brand_id is None,
    )
)
declare(
    Noun(
        chapter=NOUN,
        path="macros",
        name="Macro",
        singular="a macro",
        plural="macros",
        sees=SEE,
        changes=MANAGE,
        gives=MacroOut,
        takes=NewMacro,
        rows=lambda request: Macro.objects.filter(ours(request)),
        shown=lambda _request, row: {**_whose(row), "steps": row.steps},
        save=_save_macro,
        turn=lambda request, row: writing.archive_macro(row, by=request.actor, at=request.at),
        shared=lambda row: row.brand_id is None,
    )
)


def _own_views(request: Call) -> QuerySet[SavedView]:
    require_somebody(request)
    return SavedView.objects.filter(owner=request.actor.user_id)


def _save_view(request: Call, row: SavedView | None, body: NewView) -> SavedView:
    require_somebody(request)
    wanted = saving.Saving(
        name=body.name,
        condition=body.condition,
        team=team_named(request.actor, body.team_id),
        icon=body.icon,
        order=body.order,
    )
    if row is None:
        return saving.save_view(wanted, by=request.actor, at=request.at)
    return saving.change_view(row, wanted, by=request.actor, at=request.at)


def _view(row: SavedView) -> dict[str, Any]:
    return {
        "id": row.pk,
        "key": row.slug,
        "name": row.name,
        "condition": row.condition,
        "team_id": row.team_id,
        "icon": row.icon,
        "order": row.order,
    }


declare(
    Noun(
        chapter=NOUN,
        path="own-views",
        name="OwnView",
        singular="a view of one's own",
        plural="views of one's own",
        sees=SEE,
        changes=SEE,
        gives=OwnViewOut,
        takes=NewView,
        rows=_own_views,
        shown=lambda _request, row: _view(row),
        save=_save_view,
        shared=lambda _row: False,
    )
)


@operation("DELETE", "own-views/{int:ownview_id}", right=SEE, name="dropOwnView")
def drop(request: Call, ownview_id: Key) -> None:
    """Drop a view of one's own"""
    saving.drop_view(one(_own_views(request), ownview_id), by=request.actor, at=request.at)
