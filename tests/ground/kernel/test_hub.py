"""The hub: hints to whom they concern, and notes by which a hint says what it brings."""

from ambidesk.ground.kernel.realtime.hub import Hub, Listener


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
