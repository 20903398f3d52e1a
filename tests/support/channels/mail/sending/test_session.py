"""What relays answer, and what we make of it: over real connections."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from ambidesk.support.channels.contract.failure import Failure
from ambidesk.support.channels.mail.sending.failure import ConnectionFailed
from ambidesk.support.channels.mail.sending.relay import Encryption, Relay, relay_at
from ambidesk.support.channels.mail.sending.session import Session
from ambidesk.support.conversations.models import Trouble
from tests.support.channels.mail.relays import (
    LOOPBACK,
    PASSWORD,
    USER,
    Manners,
    certificate,
    relay,
)
from tests.waiting import PATIENCE_SECONDS

MAIL = b"Subject: x\r\n\r\nHello\r\n.dot\r\n"
TOKEN, PLAIN = "help+token@polka.example", "help@polka.example"


def hand_in(where: Relay, *, to: str = "anna@example.org", mail: bytes = MAIL) -> None:
    with Session(where, greeting="polka.example", step=PATIENCE_SECONDS) as session:
        session.hand_in(mail, sender=TOKEN, plain_sender=PLAIN, recipient=to)


def at(port: int, encryption: Encryption = Encryption.NEVER, **fields: Any) -> Relay:
    return Relay(host=LOOPBACK, port=port, encryption=encryption, **fields)


def refusal(where: Relay, **given: Any) -> Failure:
    with pytest.raises(Failure) as caught:
        hand_in(where, **given)
    return caught.value


@contextmanager
def speaking(greeting: bytes) -> Iterator[int]:
    """A server of another protocol, which says something and then keeps quiet."""
    with socket.create_server((LOOPBACK, 0)) as listening:

        def answer() -> None:
            line, _place = listening.accept()
            with line:
                line.sendall(greeting)
                line.settimeout(PATIENCE_SECONDS)
                try:
                    while line.recv(1024):
                        pass
                except OSError:
                    return

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield listening.getsockname()[1]


def test_a_mail_is_taken_as_it_was_written() -> None:
    with relay() as found:
        hand_in(at(found.port))
    (taken,) = found.taken
    assert (taken.sender, taken.recipient) == (TOKEN, "anna@example.org")
    assert taken.raw == MAIL


def test_a_sign_in_over_tls_with_letters_of_any_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, public = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(public))
    with relay(tls=context, login=True) as found:
        where = at(found.port, encryption=Encryption.AFTER_GREETING, user=USER, password=PASSWORD)
        hand_in(where)
    with relay(tls=context, at_once=True) as also:
        hand_in(at(also.port, encryption=Encryption.AT_ONCE))
    assert len(found.taken) == len(also.taken) == 1


def test_a_wrong_password_is_told_without_showing_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, public = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(public))
    with relay(tls=context, login=True) as found:
        where = at(found.port, encryption=Encryption.AFTER_GREETING, user=USER, password="secret")
        failure = refusal(where)
    assert failure.trouble is Trouble.WRONG_PASSWORD
    assert not failure.is_final
    assert "secret" not in f"{failure.said}{where!r}"


@pytest.mark.parametrize("name", ["localhost", "other.example"])
def test_a_certificate_that_proves_nothing_is_not_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    context, public = certificate(tmp_path, name=name)
    if name != "localhost":
        monkeypatch.setenv("SSL_CERT_FILE", str(public))
    with relay(tls=context) as found:
        where = at(found.port, encryption=Encryption.WHERE_OFFERED)
        assert refusal(where).trouble is Trouble.CERTIFICATE
    assert not found.taken


def test_without_the_encryption_that_was_asked_for_nothing_is_said() -> None:
    with relay() as found:
        where = at(found.port, encryption=Encryption.AFTER_GREETING, user=USER, password="x")
        assert refusal(where).trouble is Trouble.NO_ENCRYPTION
        where = at(found.port, encryption=Encryption.AT_ONCE)
        assert refusal(where).trouble is Trouble.TLS_FAILED
        where = at(found.port, user=USER, password="x")
        assert refusal(where).trouble is Trouble.NO_LOGIN


def test_nobody_at_the_port_and_no_such_name() -> None:
    with socket.create_server((LOOPBACK, 0)) as taken:
        port = taken.getsockname()[1]
    assert refusal(at(port)).trouble is Trouble.NOBODY_LISTENS
    nowhere = Relay(host="no-such-host.invalid", port=25, encryption=Encryption.NEVER)
    assert refusal(nowhere).trouble is Trouble.NAME_NOT_FOUND


@pytest.mark.parametrize(
    "greeting,trouble",
    [
        (b"SSH-2.0-OpenSSH_9.2\r\n", Trouble.OTHER_PROTOCOL),
        (b"* OK IMAP4rev1 ready\r\n", Trouble.OTHER_PROTOCOL),
        (b"421 too many connections\r\n", Trouble.BUSY),
        (b"554 go away\r\n", Trouble.BUSY),
        (b"\xff\xfe\x00" * 5000, Trouble.OTHER_PROTOCOL),
    ],
)
def test_what_is_no_relay_is_told_and_its_words_are_kept_back(
    greeting: bytes, trouble: Trouble
) -> None:
    with speaking(greeting) as port:
        failure = refusal(at(port))
    assert isinstance(failure, ConnectionFailed)
    assert failure.trouble is trouble
    assert "SSH" not in failure.said
    assert "go away" not in failure.said


def test_a_relay_that_says_nothing_is_given_up() -> None:
    with (
        speaking(b"") as port,
        pytest.raises(Failure) as caught,
        Session(at(port), greeting="polka.example", step=0.3),
    ):
        pass
    assert caught.value.trouble is Trouble.TIMED_OUT


def test_a_relay_that_drips_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ambidesk.support.channels.mail.sending.session.GREETING_SECONDS", 0.5)
    with socket.create_server((LOOPBACK, 0)) as listening:
        done = threading.Event()

        def drip() -> None:
            line, _place = listening.accept()
            with line:
                while not done.wait(0.05):
                    try:
                        line.sendall(b"2")
                    except OSError:
                        return

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        failure = refusal(at(listening.getsockname()[1]))
        done.set()
    assert failure.trouble is Trouble.TIMED_OUT


@pytest.mark.parametrize(
    "manners,trouble,is_final",
    [
        (Manners(to_recipient=lambda _a: "550 5.1.1 unknown"), Trouble.NO_SUCH_RECIPIENT, True),
        (Manners(to_recipient=lambda _a: "450 4.7.1 greylisted"), Trouble.BUSY, False),
        (Manners(to_recipient=lambda _a: "452 4.2.2 full"), Trouble.MAILBOX_FULL, False),
        (Manners(to_mail=lambda _m: "554 5.7.1 spam"), Trouble.REJECTED, True),
        (Manners(to_mail=lambda _m: "451 try later"), Trouble.BUSY, False),
        (Manners(to_sender=lambda _a: "552 5.3.4 too big"), Trouble.TOO_LARGE, True),
        (Manners(to_sender=lambda _a: "553 5.7.1 not yours"), Trouble.SENDER_REFUSED, False),
    ],
)
def test_each_refusal_has_its_meaning(
    manners: Manners, trouble: Trouble, *, is_final: bool
) -> None:
    with relay(manners) as found:
        failure = refusal(at(found.port))
    assert (failure.trouble, failure.is_final) == (trouble, is_final)
    assert not isinstance(failure, ConnectionFailed)


def test_a_relay_that_knows_no_tokens_gets_the_plain_address() -> None:
    manners = Manners(to_sender=lambda address: "553 no" if "+" in address else None)
    with (
        relay(manners) as found,
        Session(at(found.port), greeting="polka.example", step=PATIENCE_SECONDS) as session,
    ):
        for _time in range(2):
            session.hand_in(MAIL, sender=TOKEN, plain_sender=PLAIN, recipient="anna@example.org")
    assert [taken.sender for taken in found.taken] == [PLAIN, PLAIN]
    assert len(found.refused) == 1


def test_after_a_refused_mail_the_next_one_goes_over_the_same_connection() -> None:
    manners = Manners(to_recipient=lambda address: "550 no" if "bad" in address else None)
    with (
        relay(manners) as found,
        Session(at(found.port), greeting="polka.example", step=PATIENCE_SECONDS) as session,
    ):
        with pytest.raises(Failure):
            session.hand_in(MAIL, sender=TOKEN, plain_sender=PLAIN, recipient="bad@example.org")
        session.hand_in(MAIL, sender=TOKEN, plain_sender=PLAIN, recipient="good@example.org")
    assert (found.connections, len(found.taken)) == (1, 1)


def test_an_address_in_other_letters_needs_a_relay_that_can_write_them() -> None:
    with relay() as found:
        assert refusal(at(found.port), to="анна@example.org").trouble is Trouble.LETTERS
    with relay(utf8=True) as able:
        hand_in(
            at(able.port), to="анна@example.org", mail="To: анна@example.org\r\n\r\nx\r\n".encode()
        )
    assert not found.taken
    assert able.taken[0].recipient == "анна@example.org"


@pytest.mark.parametrize(
    "url,expected",
    [
        ("smtp://mail.example.org", ("mail.example.org", 587, Encryption.WHERE_OFFERED, "")),
        ("smtps://u%40x:p@mail.example.org", ("mail.example.org", 465, Encryption.AT_ONCE, "u@x")),
        ("smtp://127.0.0.1:2526", ("127.0.0.1", 2526, Encryption.WHERE_OFFERED, "")),
    ],
)
def test_the_relay_of_the_desk_is_named_by_an_address(
    url: str, expected: tuple[str, int, Encryption, str]
) -> None:
    found = relay_at(url)
    assert (found.host, found.port, found.encryption, found.user) == expected


@pytest.mark.parametrize("url", ["http://x", "mail.example.org:25", "smtp://", "smtp://x:port"])
def test_an_address_of_no_relay_is_refused(url: str) -> None:
    with pytest.raises(Failure):
        relay_at(url)
