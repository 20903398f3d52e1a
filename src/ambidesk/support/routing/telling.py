"""Telling: screens that show a queue hear that it moved."""

from collections.abc import Iterable

from ambidesk.ground.kernel.signals import signal


def topic_of(team: int) -> str:
    """Name the topic of a team's queue and of those who work from it."""
    return f"queue:{team}"


def tell_queues(teams: Iterable[int | None]) -> None:
    """Tell whoever shows these queues."""
    for team in sorted({team for team in teams if team}):
        signal(topic_of(team))
