"""Refusals: why a verb did not do it, in a sentence for the person who asked."""

import re
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):  # noqa: N818 a refusal is an answer, not an error
    """
    A verb said no.

    Subclasses set `sentence`, with %(name)s for each keyword they are raised with.
    """

    sentence: ClassVar[str | Promise] = _("This cannot be done now.")
    status: ClassVar[int] = 409

    def __init__(self, *, field: str | None = None, **facts: object) -> None:
        super().__init__(type(self).__name__)
        self.field = field
        self.facts = facts

    def __str__(self) -> str:
        return str(self.sentence) % self.facts if self.facts else str(self.sentence)

    @property
    def code(self) -> str:
        """A name for machines: AlreadyClosed is already-closed."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", type(self).__name__).lower()


class InvalidInput(Refusal):
    """What was typed cannot be taken as it is; `field` names where."""

    sentence = _("This cannot be taken as it is.")
    status = 422


class NotEntitled(Refusal):
    """The actor has no right to this."""

    sentence = _("You are not entitled to do this.")
    status = 403


class AboveLimit(Refusal):
    """The actor may do this, but not so much of it."""

    sentence = _("This is above your limit.")
    status = 403
