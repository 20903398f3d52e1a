"""Why a calendar, a duration or an instant is not taken."""

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import InvalidInput


class WrongCalendar(InvalidInput):
    """It is not built like a calendar; `line` counts from 1 where there is a text."""

    sentence = _("%(where)s: %(what)s.")


class NoWorkingTime(InvalidInput):
    """No promise would ever fall due."""

    sentence = _("This calendar has no working time at all, so nothing would ever be due.")


class TooFar(InvalidInput):
    """It lies further away than calendars are compiled for."""

    sentence = _("There is not so much working time in the %(years)s years that follow.")


class NaiveInstant(InvalidInput):
    """An instant without its zone is a guess."""

    sentence = _("“%(value)s” does not say its zone; write it as 2026-05-08T09:00+03:00.")


class NoInstant(InvalidInput):
    """It is no instant at all."""

    sentence = _("“%(value)s” is no instant; write it as 2026-05-08T09:00+03:00.")


class NoDuration(InvalidInput):
    """It is no duration of ISO 8601."""

    sentence = _("“%(value)s” is no duration; write it as PT8H, PT1H30M or P2D (of 24 hours each).")


class NoFixedLength(InvalidInput):
    """Years and months differ in length."""

    sentence = _("“%(value)s”: years and months differ in length; give weeks, days or hours.")


class EndsBeforeItStarts(InvalidInput):
    """There is nothing to measure."""

    sentence = _("The end comes before the start.")
