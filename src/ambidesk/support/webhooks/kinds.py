"""Kinds: what can be told, each in a sentence; wiring says which there are."""

from collections.abc import Mapping

from django.utils.functional import Promise

TEST = "webhooks.test"
_OFFERED: dict[str, str | Promise] = {}


def declare(kinds: Mapping[str, str | Promise]) -> None:
    """Offer kinds of the journal's entries, each with what it says."""
    _OFFERED.update(kinds)


def offered() -> Mapping[str, str | Promise]:
    """Every kind that can be told, in the order in which they were declared."""
    return dict(_OFFERED)
