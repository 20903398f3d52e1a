"""Categories and tags."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.settings.nouns import Noun
from ambidesk.edge.web.ui.requests import Request
from ambidesk.parties.brands.models import Brand
from ambidesk.service.catalogue import arranging
from ambidesk.service.catalogue.models import Category, Tag
from ambidesk.service.catalogue.rights import CatalogueRight

USED_FIRST = F("archived_at").desc(nulls_first=True)


class CategoryForm(forms.Form):
    """A category's name and place."""

    name = forms.CharField(label=_("Name"), max_length=80)
    parent = forms.ModelChoiceField(
        Category.objects.filter(archived_at=None), label=_("Belongs to"), required=False
    )
    brand = forms.ModelChoiceField(
        Brand.objects.filter(archived_at=None), label=_("Only for brand"), required=False
    )


class TagForm(forms.Form):
    """A tag's word."""

    name = forms.CharField(label=_("Name"), max_length=60)


def _tree(_request: Request) -> list[Category]:
    rows = list(Category.objects.select_related("brand").order_by("name"))
    children: dict[int | None, list[Category]] = {}
    for row in rows:
        children.setdefault(row.parent_id, []).append(row)
    return list(_walk(children, children.get(None, []), 0))


def _walk(
    children: Mapping[int | None, list[Category]], level: Iterable[Category], depth: int
) -> Iterator[Category]:
    for row in level:
        row.depth = depth  # type: ignore[attr-defined]  # read by the list for its indent
        yield row
        yield from _walk(children, children.get(row.pk, []), depth + 1)


def _save_category(request: Request, row: Category | None, values: Mapping[str, Any]) -> None:
    arranging.arrange_category(row, **values, by=request.actor, at=request.at)


def _save_tag(request: Request, row: Tag | None, values: Mapping[str, Any]) -> None:
    arranging.name_tag(row, **values, by=request.actor, at=request.at)


CATEGORIES = Noun(
    key="categories",
    model=Category,
    form=CategoryForm,
    right=CatalogueRight.MANAGE,
    title=_("Categories"),
    words=_("What tickets are about. Categories form a tree."),
    add_words=_("New category"),
    empty=_("Begin with the three things you are asked most."),
    rows=_tree,
    facts=lambda row: (row.brand.name if row.brand else "",),
    known=lambda row: {"name": row.name, "parent": row.parent_id, "brand": row.brand_id},
    save=_save_category,
    archive=lambda request, row: arranging.archive_category(row, by=request.actor, at=request.at),
)

TAGS = Noun(
    key="tags",
    model=Tag,
    form=TagForm,
    right=CatalogueRight.MANAGE,
    title=_("Tags"),
    words=_("Free words that tickets can carry."),
    add_words=_("New tag"),
    empty=_("Make the first tag."),
    rows=lambda _request: Tag.objects.order_by(USED_FIRST, "name"),
    facts=lambda _row: (),
    known=lambda row: {"name": row.name},
    save=_save_tag,
    archive=lambda request, row: arranging.archive_tag(row, by=request.actor, at=request.at),
)
