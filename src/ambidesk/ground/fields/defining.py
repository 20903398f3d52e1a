"""Defining: fields are made, changed and archived, with the options that can be chosen."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.fields.events import FieldDefined
from ambidesk.ground.fields.models import Definition, Option
from ambidesk.ground.fields.models.definition import limits_written
from ambidesk.ground.fields.rules import values
from ambidesk.ground.fields.rules.spec import CHOSEN, Kind, Limits, Texts
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.archiving import turn
from ambidesk.ground.kernel.money import Money
from ambidesk.ground.kernel.refusal import AboveLimit, InvalidInput
from ambidesk.ground.reach.actor import Actor

MOST_OPTIONS = 500
DEEPEST = 5


class NoLabel(InvalidInput):
    """Nobody knows what to fill in."""

    sentence = _("Say what the field is called, in one language at least.")


class NoOptions(InvalidInput):
    """There is nothing to choose from."""

    sentence = _("Give at least one choice.")


class TooManyOptions(AboveLimit):
    """Nobody finds theirs among so many."""

    sentence = _("A field has at most %(most)s choices.")


class KindIsFixed(InvalidInput):
    """Values of another kind are kept already."""

    sentence = _("What a field is, its unit and its currency stay as they are: make another field.")


class NothingBetween(InvalidInput):
    """The least is more than the most."""

    sentence = _("The least is more than the most.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """
    One choice as somebody wants it; `id` where it is there already, `depth` in its tree.

    `stands` says that it is chosen to begin with.
    """

    label: Texts
    id: int | None = None
    depth: int = 0
    is_archived: bool = False
    stands: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A field as somebody wants it; `default` is JSON, of choices their ids."""

    kind: Kind
    label: Texts
    help: Texts = field(default_factory=Texts)
    limits: Limits = field(default_factory=Limits)
    choices: tuple[Choice, ...] = ()
    default: Any = None
    is_public: bool = True


@transaction.atomic
def define(definition: Definition | None, *, wanted: Wanted, by: Actor, at: datetime) -> Definition:
    """
    Make a field, or change the one given; options left out of `choices` are archived.

    Raises:
        NoLabel, NoOptions, TooManyOptions, KindIsFixed, NothingBetween, NoCurrency: as wanted,
            it is no field.
        a FieldRefusal: the default is no value of it.
    """
    row = _locked(definition)
    _require_sense(wanted)
    limits = limits_written(wanted.limits)
    if row.pk and _fixed(row.kind, row.limits) != _fixed(wanted.kind, limits):
        raise KindIsFixed(field="kind")
    # Customers never look through the persons whom a desk knows.
    row.kind, row.is_public = wanted.kind, wanted.is_public and wanted.kind is not Kind.PERSON
    row.label_en, row.label_ru = wanted.label.en.strip()[:120], wanted.label.ru.strip()[:120]
    row.help_en, row.help_ru = wanted.help.en.strip()[:300], wanted.help.ru.strip()[:300]
    row.limits = limits
    row.save()
    stand = _put_options(row, wanted.choices, at=at)
    _put_default(row, stand or wanted.default)
    _record(row, by=by, at=at)
    return row


@transaction.atomic
def archive(definition: Definition, *, by: Actor, at: datetime) -> None:
    """Take a field out of use, or into use again; tickets keep what is filled in."""
    row = turn(definition, at=at)
    _record(row, by=by, at=at)


def _record(row: Definition, *, by: Actor, at: datetime) -> None:
    event = FieldDefined(field_id=row.pk, archived=row.archived_at is not None)
    journal.record(event, by=by, at=at)


def _locked(definition: Definition | None) -> Definition:
    if definition is None:
        return Definition()
    return Definition.objects.select_for_update().get(pk=definition.pk)


def _fixed(kind: str, limits: dict[str, Any]) -> tuple[str, ...]:
    return (kind, limits.get("unit", ""), limits.get("currency", ""))


def _require_sense(wanted: Wanted) -> None:
    if not (wanted.label.en.strip() or wanted.label.ru.strip()):
        raise NoLabel(field="label_en")
    standing = [each for each in wanted.choices if not each.is_archived]
    if wanted.kind in CHOSEN and not standing:
        raise NoOptions(field="choices")
    if len(wanted.choices) > MOST_OPTIONS:
        raise TooManyOptions(field="choices", most=MOST_OPTIONS)
    limits = wanted.limits
    if limits.least is not None and limits.most is not None and limits.least > limits.most:
        raise NothingBetween(field="most")
    if wanted.kind is Kind.MONEY:
        Money.zero(limits.currency)


def _put_options(row: Definition, choices: Sequence[Choice], *, at: datetime) -> list[int]:
    """Put them, and give those that are chosen to begin with."""
    known = {each.pk: each for each in row.options.all()}
    kept: set[int] = set()
    above: list[Option] = []
    stand: list[int] = []
    for place, choice in enumerate(choices if row.kind in CHOSEN else ()):
        option = known.get(choice.id or 0) or Option(definition=row)
        depth = min(choice.depth, len(above), DEEPEST - 1) if row.kind == Kind.TREE else 0
        option.parent = above[depth - 1] if depth else None
        option.label_en = choice.label.en.strip()[:120]
        option.label_ru = choice.label.ru.strip()[:120]
        option.position = place
        option.archived_at = (option.archived_at or at) if choice.is_archived else None
        option.save()
        above = [*above[:depth], option]
        kept.add(option.pk)
        if choice.stands and not choice.is_archived:
            stand.append(option.pk)
    gone = [pk for pk in known if pk not in kept]
    row.options.filter(pk__in=gone, archived_at=None).update(archived_at=at)
    return stand


def _put_default(row: Definition, default: Any) -> None:
    # Only words, numbers, days and choices of it can be meant beforehand.
    row.default = values.written(values.typed(row.spec, _as_given(default), zone=UTC))
    row.save(update_fields=["default"])


def _as_given(default: Any) -> list[str]:
    if default is None:
        return []
    if isinstance(default, bool):
        return [values.YES if default else values.NO]
    return [str(each) for each in default] if isinstance(default, list) else [str(default)]
