"""The manager interface of Asterisk over TCP: calls are heard, begun, and never injected into."""

import pytest

from ambidesk.support.channels.contract.connector import Access
from ambidesk.support.channels.contract.failure import Failure
from ambidesk.support.channels.contract.inbound import Called, Phase, Poll
from ambidesk.support.conversations.models import Trouble
from ambidesk.support.telephony.ami.connector import Asterisk
from ambidesk.support.telephony.line import Wish
from tests.support.telephony.exchanges import Manager, asterisk

IN = {"Context": "from-trunk", "Exten": "74950000000", "CallerIDNum": "89161234567"}


def access(manager: Manager, **more: str) -> Access:
    values = {
        "host": f"127.0.0.1:{manager.port}",
        "user": "desk",
        "secret": manager.secret,
        "contexts": "from-trunk, from-pstn",
        **more,
    }
    return Access(channel_id=1, address="desk", values=values)


def heard(exchange: Asterisk, poll: Poll) -> list[Called]:
    events = [exchange.read(item.raw) for item in poll.items]
    assert all(isinstance(each, Called) for each in events)
    return [each for each in events if isinstance(each, Called)]


def until(exchange: Asterisk, known: Access, *phases: Phase) -> list[Called]:
    """Ask until all of these were heard."""
    found: list[Called] = []
    for _turn in range(20):
        found += heard(exchange, exchange.poll(known, ""))
        if {each.phase for each in found} >= set(phases):
            return found
    raise AssertionError([each.phase for each in found])


def test_a_call_is_heard_from_ringing_to_its_recording_and_inner_ones_are_not() -> None:
    exchange = Asterisk()
    with asterisk() as manager:
        known = access(manager)
        manager.under_way.append({"Uniqueid": "1.1", "Linkedid": "1.1", **IN})
        (first,) = until(exchange, known, Phase.RINGING)
        manager.tell(Event="Newchannel", Uniqueid="2.1", Linkedid="2.1", Context="from-internal")
        manager.tell(
            Event="DialEnd",
            Uniqueid="1.1",
            Linkedid="1.1",
            DestChannel="PJSIP/101-0000002a",
            DialStatus="ANSWER",
        )
        manager.tell(
            Event="VarSet",
            Uniqueid="1.1",
            Linkedid="1.1",
            Variable="MIXMONITOR_FILENAME",
            Value="/var/spool/asterisk/monitor/in-1.wav",
        )
        manager.tell(Event="Hangup", Uniqueid="2.1", Linkedid="2.1")
        manager.tell(Event="Hangup", Uniqueid="1.1", Linkedid="1.1", Cause="16")
        rest = until(exchange, known, Phase.ANSWERED, Phase.RECORDED, Phase.ENDED)

    assert (first.call, first.number, first.line) == ("1.1", "+79161234567", "74950000000")
    assert {each.call for each in rest} == {"1.1"}
    (answered,) = [each for each in rest if each.phase is Phase.ANSWERED]
    assert answered.extension == "101"
    assert [a["Action"] for a in manager.actions] == ["Login", "CoreShowChannels"]


def test_a_broken_connection_is_told_and_made_anew() -> None:
    exchange = Asterisk()
    with asterisk() as manager:
        known = access(manager)
        manager.under_way.append({"Uniqueid": "3.1", "Linkedid": "3.1", **IN})
        until(exchange, known, Phase.RINGING)
        manager.hang_up()
        with pytest.raises(Failure) as failed:
            exchange.poll(known, "")
        assert failed.value.trouble is Trouble.DROPPED
        assert until(exchange, known, Phase.RINGING)


def test_a_click_has_the_telephone_of_the_colleague_ring_first() -> None:
    with asterisk() as manager:
        wish = Wish(key="dial-1", extension="101", number="+79161234567")
        Asterisk().dial(wish, access(manager, outgoing="from-internal", technology="PJSIP"))
        told = manager.actions[-1]
    assert (told["Action"], told["Channel"], told["Exten"]) == (
        "Originate",
        "PJSIP/101",
        "79161234567",
    )


@pytest.mark.parametrize("number", ["1\r\nAction: Command", "1\n", "1\0"])
def test_no_value_makes_an_action_of_its_own(number: str) -> None:
    with asterisk() as manager:
        wish = Wish(key="dial-1", extension="101", number=number)
        with pytest.raises(Failure):
            Asterisk().dial(wish, access(manager))
        assert [each["Action"] for each in manager.actions] == ["Login"]


def test_a_wrong_secret_is_a_trouble_of_the_channel() -> None:
    with asterisk() as manager, pytest.raises(Failure) as failed:
        Asterisk().probe(access(manager, secret="wrong"))
    assert failed.value.trouble is Trouble.TOKEN_REFUSED
