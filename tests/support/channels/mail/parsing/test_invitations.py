"""Invitations: meetings that are asked for, changed and called off."""

from ambidesk.support.channels.mail.parsing.parsed import MailKind
from tests.support.channels.mail.parsing.writing import parts, read

EVENT = """BEGIN:VCALENDAR
VERSION:2.0
METHOD:{method}
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:STANDARD
DTSTART:16010101T030000
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:meeting-1@example.org
SEQUENCE:2
ORGANIZER;CN="Petrova, Anna":mailto:anna@example.org
SUMMARY;LANGUAGE=ru:Осмотр\\, второй
  этаж
LOCATION:Lift 4\\nEntrance B
DTSTART;TZID="Europe/Berlin":20250303T101500
DTEND:20250303T101500Z
BEGIN:VALARM
DESCRIPTION:Reminder
END:VALARM
END:VEVENT
END:VCALENDAR"""


def invitation(method: str, kind: str = "text/calendar; charset=utf-8; method={method}"):
    return parts(
        "Content-Type: text/plain\n\nPlease come.",
        f"Content-Type: {kind.format(method=method)}\n\n{EVENT.format(method=method)}",
        kind="alternative",
    )


def test_a_request_is_an_invitation_with_its_event() -> None:
    mail = invitation("REQUEST")
    assert mail.kind is MailKind.INVITATION
    found = mail.invitation
    assert found is not None
    assert (found.method, found.uid, found.sequence) == ("REQUEST", "meeting-1@example.org", 2)
    assert found.summary == "Осмотр, второй этаж"
    assert found.location == "Lift 4\nEntrance B"
    assert found.organiser == "anna@example.org"
    assert found.starts == "20250303T101500 Europe/Berlin"
    assert found.ends == "20250303T101500Z"
    assert mail.text.strip() == "Please come."


def test_a_cancellation_and_an_answer_say_so() -> None:
    for method in ("CANCEL", "REPLY", "COUNTER"):
        found = invitation(method).invitation
        assert found is not None
        assert found.method == method


def test_a_published_calendar_asks_for_nothing() -> None:
    mail = invitation("PUBLISH")
    assert (mail.kind, mail.invitation) == (MailKind.MAIL, None)


def test_a_calendar_file_among_attachments_is_one_too_and_stays_a_file() -> None:
    mail = parts(
        "Content-Type: text/plain\n\nSee attached.",
        "Content-Type: application/ics; name=invite.ics\n"
        f"Content-Disposition: attachment\n\n{EVENT.format(method='REQUEST')}",
    )
    assert mail.kind is MailKind.INVITATION
    assert [one.name for one in mail.attachments] == ["invite.ics"]


def test_a_broken_calendar_is_no_invitation_and_no_fault() -> None:
    for text in ("", "BEGIN:VCALENDAR", "METHOD", ":::", "END:VEVENT\n" * 50, "BEGIN:A\n" * 50_000):
        mail = read(f"From: a@example.org\nContent-Type: text/calendar\n\n{text}")
        assert (mail.kind, mail.invitation) == (MailKind.MAIL, None)
