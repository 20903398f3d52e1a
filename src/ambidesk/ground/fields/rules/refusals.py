"""Refusals of values: in words, each beside its field."""

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import InvalidInput


class FieldRefusal(InvalidInput):
    """What was given is no value of the field."""


class WrongValue(FieldRefusal):
    """It is of another kind."""

    sentence = _("This does not fit here.")


class Missing(FieldRefusal):
    """The field is needed."""

    sentence = _("Please fill this in.")


class NotAnOption(FieldRefusal):
    """It is none of the choices."""

    sentence = _("Choose one of the answers.")


class NotANumber(FieldRefusal):
    """It is no number."""

    sentence = _("Type a number, such as 12 or 3.5.")


class NotWhole(FieldRefusal):
    """It has a fraction."""

    sentence = _("Type a whole number.")


class TooManyDigits(FieldRefusal):
    """It is finer than the field."""

    sentence = _("Use at most %(most)s digits after the point.")


class TooSmall(FieldRefusal):
    """It is below the least."""

    sentence = _("This must be at least %(least)s.")


class TooLarge(FieldRefusal):
    """It is above the most."""

    sentence = _("This must be at most %(most)s.")


class NotAPerson(FieldRefusal):
    """Nobody knows who is meant."""

    sentence = _("Choose somebody from the list that appears while you type.")


class NotADay(FieldRefusal):
    """It is no day."""

    sentence = _("Type a date.")


class NotAnInstant(FieldRefusal):
    """It is no day with a time."""

    sentence = _("Type a date and a time.")


class TooLong(FieldRefusal):
    """It is too long."""

    sentence = _("Use at most %(most)s letters.")


class OffMask(FieldRefusal):
    """It is not written as it should be."""

    sentence = _("Write it like this: %(mask)s (# is a digit, @ a letter).")


class NotAnAddress(FieldRefusal):
    """It is no e-mail address."""

    sentence = _("This is no e-mail address.")


class NotAPhone(FieldRefusal):
    """It is no phone number."""

    sentence = _("Type the phone number with its country code, such as +49 30 1234567.")


class NotALink(FieldRefusal):
    """It is no address of the web."""

    sentence = _("Type an address that begins with http:// or https://.")
