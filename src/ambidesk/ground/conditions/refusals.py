"""Why a condition is not taken."""

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import InvalidInput


class NotACondition(InvalidInput):
    """It is not built like a condition."""

    sentence = _("This is not a condition: %(what)s.")


class UnknownField(InvalidInput):
    """There is no such field to ask about."""

    sentence = _("There is no field “%(name)s” to ask about.")


class UnknownOperator(InvalidInput):
    """The field cannot be asked this."""

    sentence = _("“%(label)s” cannot be asked “%(operator)s”.")


class WrongValue(InvalidInput):
    """The value does not fit the field."""

    sentence = _("This is not a value of “%(label)s”.")


class TooLarge(InvalidInput):
    """There is too much of it."""

    sentence = _("A condition has at most %(most)s questions. Make two of it.")


class TooDeep(InvalidInput):
    """Groups stand too deep in groups."""

    sentence = _("Groups can stand in each other at most %(most)s deep.")


class TooManyValues(InvalidInput):
    """A list is too long."""

    sentence = _("Choose at most %(most)s values for “%(label)s”.")


class UnknownRelation(InvalidInput):
    """There is nothing of this name to count."""

    sentence = _("There is no “%(name)s” to count.")


class WrongNumber(InvalidInput):
    """It is no number that things can be counted to."""

    sentence = _("“%(label)s” are counted from %(least)s to %(most)s.")


class HasNoWindow(InvalidInput):
    """What is counted has no time."""

    sentence = _("“%(label)s” have no time that could be asked for.")


class TooManyCounts(InvalidInput):
    """There is too much to count."""

    sentence = _("A condition counts at most %(most)s times.")
