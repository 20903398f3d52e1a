"""Engines: what makes vectors of texts; texts of one meaning lie near, in any language."""

from collections.abc import Sequence
from typing import Protocol

Vector = Sequence[float]


class NoAnswer(Exception):  # noqa: N818 says what happened
    """The engine gave no vectors this time."""


class TextRefused(NoAnswer):
    """The engine takes no such text; others it may take."""


class Engine(Protocol):
    """
    Makes vectors of one length; those of other names are not compared with them.

    Texts whose likeness is below `least`, in [-1, 1], have nothing in common.
    """

    @property
    def name(self) -> str:
        """What its vectors are told from others by."""

    @property
    def least(self) -> float:
        """The likeness from which on two texts may be about one thing."""

    def question(self, text: str) -> Vector:
        """
        Give the vector of a question.

        Raises:
            NoAnswer.
        """

    def texts(self, texts: Sequence[str]) -> Sequence[Vector]:
        """
        Give the vectors of texts, in their order.

        Raises:
            NoAnswer.
            TextRefused: one of them is the reason.
        """
