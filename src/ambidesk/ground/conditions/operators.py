"""Operators: what can be asked of each kind of field, with the words that people read."""

from enum import Enum, StrEnum

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(StrEnum):
    """The kinds of fields."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    REFERENCE = "reference"
    REFERENCES = "references"
    INSTANT = "instant"


class Operator(TextChoices):
    """What is asked; the label stands between the field and the value."""

    IS = "is", _("is")
    IS_NOT = "is_not", _("is not")
    ONE_OF = "one_of", _("is one of")
    NONE_OF = "none_of", _("is none of")
    WITHIN = "within", _("is or belongs to")
    NOT_WITHIN = "not_within", _("is not and does not belong to")
    CONTAINS = "contains", _("contains")
    LACKS = "lacks", _("does not contain")
    STARTS = "starts", _("begins with")
    ENDS = "ends", _("ends with")
    MORE = "more", _("is more than")
    AT_LEAST = "at_least", _("is at least")
    LESS = "less", _("is less than")
    AT_MOST = "at_most", _("is at most")
    BEFORE = "before", _("is before")
    SINCE = "since", _("is not before")
    OLDER = "older", _("is longer ago than")
    NEWER = "newer", _("is at most so long ago:")
    SOONER = "sooner", _("comes within")
    LATER = "later", _("comes later than in")
    HAS_ANY = "has_any", _("have one of")
    HAS_ALL = "has_all", _("have all of")
    HAS_NONE = "has_none", _("have none of")
    EMPTY = "empty", _("is empty")
    FILLED = "filled", _("is not empty")


class Quantity(TextChoices):
    """How many there have to be."""

    AT_LEAST = "at_least", pgettext_lazy("number of things", "at least")
    AT_MOST = "at_most", pgettext_lazy("number of things", "at most")
    EXACTLY = "exactly", pgettext_lazy("number of things", "exactly")


class Shape(Enum):
    """What stands after an operator."""

    NOTHING = "nothing"
    ONE = "one"
    MANY = "many"
    DURATION = "duration"


class Unit(TextChoices):
    """Units of durations."""

    MINUTES = "minutes", pgettext_lazy("unit of a duration", "minutes")
    HOURS = "hours", pgettext_lazy("unit of a duration", "hours")
    DAYS = "days", pgettext_lazy("unit of a duration", "days")
    WEEKS = "weeks", pgettext_lazy("unit of a duration", "weeks")


SINGLE = (Operator.IS, Operator.IS_NOT)
SEVERAL = (Operator.ONE_OF, Operator.NONE_OF)
BELOW = (Operator.WITHIN, Operator.NOT_WITHIN)
PARTS = (Operator.CONTAINS, Operator.LACKS, Operator.STARTS, Operator.ENDS)
ORDER = (Operator.MORE, Operator.AT_LEAST, Operator.LESS, Operator.AT_MOST)
WHEN = (Operator.BEFORE, Operator.SINCE)
RELATIVE = (Operator.OLDER, Operator.NEWER, Operator.SOONER, Operator.LATER)
CARRYING = (Operator.HAS_ANY, Operator.HAS_ALL, Operator.HAS_NONE)
PRESENCE = (Operator.EMPTY, Operator.FILLED)

OPERATORS: dict[Kind, tuple[Operator, ...]] = {
    Kind.TEXT: (*SINGLE, *PARTS, *PRESENCE),
    Kind.NUMBER: (*SINGLE, *ORDER, *PRESENCE),
    Kind.BOOLEAN: (Operator.IS, *PRESENCE),
    Kind.CHOICE: (*SINGLE, *SEVERAL, *PRESENCE),
    Kind.REFERENCE: (*SINGLE, *SEVERAL, *PRESENCE),
    Kind.REFERENCES: (*CARRYING, *PRESENCE),
    Kind.INSTANT: (*WHEN, *RELATIVE, *PRESENCE),
}


def shape_of(operator: Operator) -> Shape:
    """Say what stands after the operator."""
    if operator in PRESENCE:
        return Shape.NOTHING
    if operator in RELATIVE:
        return Shape.DURATION
    return Shape.MANY if operator in {*SEVERAL, *BELOW, *CARRYING} else Shape.ONE


Words = str | Promise
