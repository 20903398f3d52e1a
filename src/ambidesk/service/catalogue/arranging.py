"""Arranging: categories, tags and request types are made, renamed and archived."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.archiving import turn
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.brands.models import Brand
from ambidesk.service.catalogue.events import CategoryArranged, RequestTypeNamed, TagNamed
from ambidesk.service.catalogue.models import Category, RequestType, Tag


class NameTaken(InvalidInput):
    """There is one of this name."""

    sentence = _("There is one with this name already.")


class CategoryInARing(InvalidInput):
    """A category cannot belong to what belongs to it."""

    sentence = _("“%(name)s” itself belongs to this category.")


@transaction.atomic
def arrange_category(
    category: Category | None,
    *,
    name: str,
    parent: Category | None,
    brand: Brand | None,
    by: Actor,
    at: datetime,
) -> Category:
    """
    Make a category, or change the one given.

    Raises:
        NameTaken: a sister has the name.
        CategoryInARing: the parent belongs to the category itself.
    """
    row = Category.objects.select_for_update().get(pk=category.pk) if category else Category()
    _require_no_ring(row, parent)
    row.name, row.parent, row.brand = name.strip()[:80], parent, brand
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise NameTaken(field="name") from taken
    journal.record(CategoryArranged(category_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def archive_category(category: Category, *, by: Actor, at: datetime) -> None:
    """Take a category out of use, or into use again when it was out."""
    row = turn(category, at=at)
    journal.record(CategoryArranged(category_id=row.pk), by=by, at=at)


@transaction.atomic
def name_tag(tag: Tag | None, *, name: str, by: Actor, at: datetime) -> Tag:
    """
    Make a tag, or rename the one given.

    Raises:
        NameTaken: there is one, whatever its case.
    """
    row = Tag.objects.select_for_update().get(pk=tag.pk) if tag else Tag()
    row.name = name.strip()[:60]
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise NameTaken(field="name") from taken
    journal.record(TagNamed(tag_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def archive_tag(tag: Tag, *, by: Actor, at: datetime) -> None:
    """Take a tag out of use, or into use again; tickets that carry it keep it."""
    row = turn(tag, at=at)
    journal.record(TagNamed(tag_id=row.pk), by=by, at=at)


@transaction.atomic
def name_request_type(
    kind: RequestType | None, *, name: str, by: Actor, at: datetime
) -> RequestType:
    """
    Make a request type, or rename the one given.

    Raises:
        NameTaken: there is one.
    """
    row = RequestType.objects.select_for_update().get(pk=kind.pk) if kind else RequestType()
    row.name = name.strip()[:80]
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise NameTaken(field="name") from taken
    journal.record(RequestTypeNamed(request_type_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def archive_request_type(kind: RequestType, *, by: Actor, at: datetime) -> None:
    """Take a request type out of use, or into use again; tickets of it stay what they are."""
    row = turn(kind, at=at)
    journal.record(RequestTypeNamed(request_type_id=row.pk), by=by, at=at)


def _require_no_ring(category: Category, parent: Category | None) -> None:
    current = parent
    while current:
        if category.pk and current.pk == category.pk:
            raise CategoryInARing(field="parent", name=parent.name if parent else "")
        current = current.parent
