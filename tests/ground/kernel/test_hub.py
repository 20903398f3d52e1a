"""The hub: hints to whom they concern, and notes by which a hint says what it brings."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from ambidesk.ground.kernel.realtime.hub import Hub, Listener
from ambidesk.ground.kernel.realtime.stream import Admission, Asked, Stream


def listening(*topics: str, user: int = 1) -> tuple[Hub, Listener]:
    hub, listener = Hub(), Listener(user=user, topics=frozenset(topics))
    hub.join(listener)
    return hub, listener


def test_a_note_goes_with_its_topic_and_is_no_part_of_it() -> None:
    hub, listener = listening("ticket:1")
    hub.spread(["ticket:1#42", "ticket:2#7"])
    assert listener.fetch() == {"ticket:1": "42"}


def test_one_note_twice_is_one_and_two_notes_say_nothing() -> None:
    hub, listener = listening("ticket:1", "ticket:2")
    hub.spread(["ticket:1#42", "ticket:1#42", "ticket:2#42", "ticket:2#43"])
    assert listener.fetch() == {"ticket:1": "42", "ticket:2": ""}


def test_a_hint_without_a_note_is_not_outdone_by_one_with_it() -> None:
    for told in (["ticket:1", "ticket:1#42"], ["ticket:1#42", "ticket:1"]):
        hub, listener = listening("ticket:1")
        hub.spread(told)
        assert listener.fetch() == {"ticket:1": ""}


def test_what_was_fetched_is_gone() -> None:
    hub, listener = listening("ticket:1")
    hub.spread(["ticket:1"])
    listener.fetch()
    assert listener.fetch() == {}


def lost_a_right(hub: Hub) -> None:
    """The hub hears of it."""
    hub.spread(["revoke:user:1"])


def told_nothing(hub: Hub) -> None:
    """Nobody listened when it was told; all that is known is that there was a gap."""
    hub.spread_to_all()


@pytest.mark.parametrize("told_by", [lost_a_right, told_nothing])
def test_who_loses_a_right_while_the_stream_is_opened_is_looked_at_again(
    told_by: Callable[[Hub], None],
) -> None:
    hub, told, asked = Hub(), list[Mapping[str, Any]](), list[str]()

    def admit(said: Asked) -> Admission | None:
        asked.append(said.path)
        if len(asked) > 1:
            return None
        # The right was there when it was looked up, and is gone before the stream is open.
        told_by(hub)
        return Admission(user=1, topics=frozenset({"ticket:1"}))

    async def send(message: Mapping[str, Any]) -> None:
        told.append(message)

    async def receive() -> dict[str, str]:
        return {"type": "http.disconnect"}

    scope = {"path": "/stream", "query_string": b"topics=ticket:1", "headers": []}
    asyncio.run(Stream(hub, admit)(scope, receive, send))
    assert (len(asked), told[0]["status"]) == (2, 401)
