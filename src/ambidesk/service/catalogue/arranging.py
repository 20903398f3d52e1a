"""Arranging: categories, tags and request types are made, renamed and archived."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.fields.rules.spec import Texts
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.archiving import turn
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.kernel.texts import one_line
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.brands.models import Brand
from ambidesk.service.catalogue.events import CategoryArranged, RequestTypeNamed, TagNamed
from ambidesk.service.catalogue.models import Category, RequestType, Tag
from ambidesk.service.catalogue.rules.naming import by_letters, leading, renamed

# Letters of a request type's name.
LONGEST_NAME = 80


class NameTaken(InvalidInput):
    """There is one of this name."""

    sentence = _("There is one with this name already.")


class TypeNeedsName(InvalidInput):
    """Nobody could choose it."""

    sentence = _("Give the type a name.")


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
    kind: RequestType | None, *, name: str = "", names: Texts | None = None, by: Actor, at: datetime
) -> RequestType:
    """
    Make a request type, or rename the one given.

    `name` alone renames it in the language in which it had its name; `names` alone leave it known
    by that of the same language as before.

    Raises:
        TypeNeedsName, NameTaken: it is called nothing, or like another one in one of the languages.
    """
    row = RequestType.objects.select_for_update().get(pk=kind.pk) if kind else RequestType()
    _name(row, one_line(name, LONGEST_NAME), names)
    if not row.name:
        raise TypeNeedsName(field="name_en")
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise NameTaken(field=_taken_in(row)) from taken
    journal.record(RequestTypeNamed(request_type_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def archive_request_type(kind: RequestType, *, by: Actor, at: datetime) -> None:
    """Take a request type out of use, or into use again; tickets of it stay what they are."""
    row = turn(kind, at=at)
    journal.record(RequestTypeNamed(request_type_id=row.pk), by=by, at=at)


def _name(row: RequestType, name: str, names: Texts | None) -> None:
    """Call a type by what is said of its names; what is not said follows."""
    was, is_new = row.names, not row.name
    said = names or Texts()
    said = Texts(ru=one_line(said.ru, LONGEST_NAME), en=one_line(said.en, LONGEST_NAME))
    if name and not (said.ru or said.en):
        said = by_letters(name) if is_new else renamed(was, row.name, wanted=name)
    if not name:
        language = get_language() or "en"
        name = said.said(language) if is_new else leading(was, row.name, wanted=said)
    row.name, row.name_ru, row.name_en = name, said.ru, said.en


def _taken_in(row: RequestType) -> str:
    others = RequestType.objects.exclude(pk=row.pk)
    is_russian = row.name_ru and others.filter(name_ru=row.name_ru).exists()
    return "name_ru" if is_russian else "name_en"


def _require_no_ring(category: Category, parent: Category | None) -> None:
    current = parent
    while current:
        if category.pk and current.pk == category.pk:
            raise CategoryInARing(field="parent", name=parent.name if parent else "")
        current = current.parent
