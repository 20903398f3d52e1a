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
