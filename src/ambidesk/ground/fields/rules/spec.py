"""
Specs: what a field is, frozen; `texts` are the same words in the languages of the product.

Limits that a kind does not know are empty.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """What a value is."""

    TEXT = "text", _("Short text")
    LONG = "long", _("Long text")
    WHOLE = "whole", _("Whole number")
    DECIMAL = "decimal", _("Decimal number")
    MONEY = "money", _("Money")
    YES = "yes", _("Yes or no")
    CHOICE = "choice", _("One choice")
    SEVERAL = "several", _("Several choices")
    TREE = "tree", _("Choice from a tree")
    DAY = "day", _("Date")
    INSTANT = "instant", _("Date and time")
    EMAIL = "email", _("E-mail address")
    PHONE = "phone", _("Phone number")
    LINK = "link", pgettext_lazy("kind of field", "Link")
    PERSON = "person", pgettext_lazy("kind of field", "Person")


NUMBERS = frozenset({Kind.WHOLE, Kind.DECIMAL, Kind.MONEY})
WORDS = frozenset({Kind.TEXT, Kind.LONG, Kind.EMAIL, Kind.PHONE, Kind.LINK})
CHOSEN = frozenset({Kind.CHOICE, Kind.SEVERAL, Kind.TREE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The same words in the languages of the product; empty where nobody wrote them."""

    ru: str = ""
    en: str = ""

    def said(self, language: str) -> str:
        """The words in a language, else in the other one."""
        is_russian = language.startswith("ru")
        first, second = (self.ru, self.en) if is_russian else (self.en, self.ru)
        return first or second

    def is_in(self, language: str) -> bool:
        """Whether somebody wrote them in the language."""
        return bool(self.ru if language.startswith("ru") else self.en)


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionSpec:
    """One choice; in a tree it may belong to another one."""

    id: int
    label: Texts
    parent: int | None = None
    is_archived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """
    What a value must keep to.

    `mask` is written with # for a digit and @ for a letter; all else stands for itself.
    """

    least: Decimal | None = None
    most: Decimal | None = None
    longest: int | None = None
    mask: str = ""
    digits: int = 2
    unit: str = ""
    currency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """A field: its kind, words, limits, choices, and whether customers see it."""

    id: int
    kind: Kind
    label: Texts
    help: Texts = field(default_factory=Texts)
    limits: Limits = field(default_factory=Limits)
    options: tuple[OptionSpec, ...] = ()
    default: object = None
    is_public: bool = True
    is_archived: bool = False

    @property
    def name(self) -> str:
        """The name by which forms and conditions know it."""
        return f"field_{self.id}"

    @property
    def unit(self) -> str:
        """What stands behind a number."""
        return self.limits.currency or self.limits.unit

    def option(self, key: int) -> OptionSpec | None:
        """Find a choice."""
        return next((each for each in self.options if each.id == key), None)

    def path_of(self, key: int) -> Iterator[OptionSpec]:
        """A choice of a tree and all it belongs to, the topmost first."""
        found = self.option(key)
        if found is None:
            return
        if found.parent is not None and found.parent != key:
            yield from self.path_of(found.parent)
        yield found

    def below(self, keys: frozenset[int]) -> frozenset[int]:
        """Choices of a tree and all that belong to them."""
        found = set(keys)
        while more := {each.id for each in self.options if each.parent in found} - found:
            found |= more
        return frozenset(found)
