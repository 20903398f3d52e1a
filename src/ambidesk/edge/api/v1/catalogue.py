"""The catalogue: tags, categories, request types with their forms, and custom fields."""

from decimal import Decimal
from typing import Any, Literal

from django.db.models import QuerySet
from pydantic import Field

from ambidesk.edge.api.door import Call
from ambidesk.edge.api.nouns import Noun, declare, own
from ambidesk.edge.api.operations import operation
from ambidesk.edge.api.reaching import brand_named, categories_of, named_if, one
from ambidesk.edge.api.schemas import Id, Input, Key, Output
from ambidesk.edge.api.v1.directory import (
    CategoryOut,
    NamedOut,
    TypeOut,
    WordsOut,
    category_shown,
    named_shown,
    type_shown,
)
from ambidesk.ground.fields.defining import Choice, Wanted, archive, define
from ambidesk.ground.fields.models import Definition
from ambidesk.ground.fields.rules.spec import Kind, Limits, Texts
from ambidesk.service.catalogue import arranging
from ambidesk.service.catalogue.asking import form_of, shape
from ambidesk.service.catalogue.models import Category, RequestType, Tag
from ambidesk.service.catalogue.rights import CatalogueRight
from ambidesk.service.catalogue.shaping import read_form, written_form
from ambidesk.support.tickets.rights import TicketRight

NOUN = "Catalogue"
SEE, MANAGE = TicketRight.SEE, CatalogueRight.MANAGE
KINDS = {each.value: each for each in Kind}
KindName = Literal[
    "text",
    "long",
    "whole",
    "decimal",
    "money",
    "yes",
    "choice",
    "several",
    "tree",
    "day",
    "instant",
    "email",
    "phone",
    "link",
    "person",
]


class NewTag(Input):
    """A word that tickets can carry."""

    name: str = Field(min_length=1, max_length=60)


class NamesIn(Input):
    """A name in both languages; one of them may be empty."""

    en: str = Field("", max_length=80)
    ru: str = Field("", max_length=80)


class NewType(Input):
    """
    A kind of ticket.

    `name` alone renames it in the language in which it was called so; it is that of its letters
    when there is no other.
    """

    name: str = Field(min_length=1, max_length=80)
    names: NamesIn | None = None


class NewCategory(Input):
    """What tickets can be about; without a brand it is for all of them."""

    name: str = Field(min_length=1, max_length=80)
    parent_id: Id | None = None
    brand_id: Id | None = None


class Words(Input):
    """The same words in both languages; one of them may be empty."""

    en: str = Field("", max_length=300)
    ru: str = Field("", max_length=300)


class ChoiceIn(Input):
    """One choice; name its id where it is there already. In a tree, `depth` says how deep."""

    id: Id | None = None
    label: Words
    depth: int = Field(0, ge=0, le=4)
    is_archived: bool = False


class LimitsIn(Input):
    """What a value must keep to; `mask` has # for a digit and @ for a letter."""

    least: Decimal | None = Field(None, max_digits=18, decimal_places=6)
    most: Decimal | None = Field(None, max_digits=18, decimal_places=6)
    longest: int | None = Field(None, ge=1, le=10_000)
    mask: str = Field("", max_length=60)
    digits: int = Field(2, ge=0, le=6)
    unit: str = Field("", max_length=20)
    currency: str = Field("", max_length=3)


class NewField(Input):
    """A custom field; kind, unit and currency never change."""

    kind: KindName
    label: Words
    help: Words = Field(default_factory=lambda: Words(en="", ru=""))
    limits: LimitsIn | None = None
    choices: list[ChoiceIn] = Field(default_factory=list, max_length=500)
    is_public: bool = True


class ChoiceOut(Output):
    """One choice of a field."""

    id: int
    label: WordsOut
    parent_id: int | None
    is_archived: bool


class FieldOut(Output):
    """A custom field; its value stands on tickets under its id."""

    id: int
    kind: KindName
    label: WordsOut
    help: WordsOut
    limits: dict[str, Any]
    choices: list[ChoiceOut]
    default: Any = None
    is_public: bool
    is_archived: bool


class Rows(Output):
    """
    What is asked, in order: rows of kind `section` (`en`, `ru`) and of kind `question`.

    A question has `field`, `needed` (no, open, solve) and `when`, a condition over questions
    before it.
    """

    rows: list[dict[str, Any]]


class NewRows(Input):
    """The whole form anew."""

    rows: list[dict[str, Any]] = Field(max_length=100)


def _tags(_request: Call) -> QuerySet[Tag]:
    return Tag.objects.all()


def _types(_request: Call) -> QuerySet[RequestType]:
    return RequestType.objects.all()


def _fields(_request: Call) -> QuerySet[Definition]:
    return Definition.objects.prefetch_related("options")


def _save_tag(request: Call, row: Tag | None, body: NewTag) -> Tag:
    return arranging.name_tag(row, name=body.name, by=request.actor, at=request.at)


def _save_type(request: Call, row: RequestType | None, body: NewType) -> RequestType:
    names = Texts(ru=body.names.ru, en=body.names.en) if body.names else None
    return arranging.name_request_type(
        row, name=body.name, names=names, by=request.actor, at=request.at
    )


def _save_category(request: Call, row: Category | None, body: NewCategory) -> Category:
    known = categories_of(request.actor)
    parent = named_if(known, body.parent_id, field="parent_id")
    brand = brand_named(request.actor, body.brand_id)
    return arranging.arrange_category(
        row, name=body.name, parent=parent, brand=brand, by=request.actor, at=request.at
    )


def _save_field(request: Call, row: Definition | None, body: NewField) -> Definition:
    limits = Limits(**body.limits.model_dump()) if body.limits else Limits()
    wanted = Wanted(
        kind=KINDS[body.kind],
        label=Texts(en=body.label.en, ru=body.label.ru),
        help=Texts(en=body.help.en, ru=body.help.ru),
        limits=limits,
        choices=tuple(
            Choice(
                label=Texts(en=each.label.en, ru=each.label.ru),
                id=each.id,
                depth=each.depth,
                is_archived=each.is_archived,
            )
            for each in body.choices
        ),
        # What is meant beforehand is said in the settings only.
        default=row.default if row else None,
        is_public=body.is_public,
    )
    return define(row, wanted=wanted, by=request.actor, at=request.at)


def _field(row: Definition) -> dict[str, Any]:
    spec = row.spec
    return {
        "id": row.pk,
        "kind": row.kind,
        "label": {"en": spec.label.en, "ru": spec.label.ru},
        "help": {"en": spec.help.en, "ru": spec.help.ru},
        "limits": row.limits,
        "choices": [
            {
                "id": each.id,
                "label": {"en": each.label.en, "ru": each.label.ru},
                "parent_id": each.parent,
                "is_archived": each.is_archived,
            }
            for each in spec.options
        ],
        "default": row.default,
        "is_public": row.is_public,
        "is_archived": spec.is_archived,
    }


declare(
    Noun(
        chapter=NOUN,
        path="tags",
        name="Tag",
        singular="a tag",
        plural="tags",
        sees=SEE,
        changes=MANAGE,
        gives=NamedOut,
        takes=NewTag,
        rows=_tags,
        shown=lambda _request, row: named_shown(row),
        save=_save_tag,
        turn=lambda request, row: arranging.archive_tag(row, by=request.actor, at=request.at),
    )
)
declare(
    Noun(
        chapter=NOUN,
        path="categories",
        name="Category",
        singular="a category",
        plural="categories",
        sees=SEE,
        changes=MANAGE,
        gives=CategoryOut,
        takes=NewCategory,
        rows=lambda request: categories_of(request.actor),
        shown=lambda _request, row: category_shown(row),
        save=_save_category,
        turn=lambda request, row: arranging.archive_category(row, by=request.actor, at=request.at),
        shared=lambda row: row.brand_id is None,
    )
)
TYPES = Noun(
    chapter=NOUN,
    path="request-types",
    name="RequestType",
    singular="a request type",
    plural="request types",
    sees=SEE,
    changes=MANAGE,
    gives=TypeOut,
    takes=NewType,
    rows=_types,
    shown=lambda _request, row: type_shown(row),
    save=_save_type,
    turn=lambda request, row: arranging.archive_request_type(row, by=request.actor, at=request.at),
)
declare(TYPES)
declare(
    Noun(
        chapter=NOUN,
        path="fields",
        name="Field",
        singular="a custom field",
        plural="custom fields",
        sees=SEE,
        changes=MANAGE,
        gives=FieldOut,
        takes=NewField,
        rows=_fields,
        shown=lambda _request, row: _field(row),
        save=_save_field,
        turn=lambda request, row: archive(row, by=request.actor, at=request.at),
    )
)
FORM = "request-types/{int:requesttype_id}/form"


@operation("GET", FORM, right=SEE, name="getForm", gives=Rows)
def show_form(request: Call, requesttype_id: Key) -> dict[str, Any]:
    """Read what is asked for a request type"""
    return {"rows": written_form(form_of(one(_types(request), requesttype_id)))}


@operation("PUT", FORM, right=MANAGE, name="changeForm", gives=Rows)
def change_form(request: Call, requesttype_id: Key, body: NewRows) -> dict[str, Any]:
    """Say what is asked for a request type"""
    kind = own(TYPES, request, pk=requesttype_id)
    shape(kind, read_form(body.rows), by=request.actor, at=request.at)
    return {"rows": written_form(form_of(kind))}
