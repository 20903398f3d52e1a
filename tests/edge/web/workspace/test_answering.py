"""Answering from the page: sent with an undo, held back once, files and templates with it."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.support.conversations.models import Delivery, DeliveryState, Trouble
from ambidesk.support.desk.models import DraftFile, Template
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.delivering import Setback, refuse
from ambidesk.support.tickets.models import NoteFile, State, Ticket
from tests.cast import Cast
from tests.edge.web.workspace.conftest import HTMX, text_of, told


def newest(ticket: Ticket) -> int:
    return ticket.filings.order_by("-message")[0].message_id


def send(client: Client, ticket: Ticket, cast: Cast, text: str = "On its way", **more: object):  # type: ignore[no-untyped-def]
    said = {"to": cast.anna.pk, "text": text, "seen": newest(ticket), **more}
    return client.post(f"/tickets/{ticket.number}/answers", said, headers=HTMX)


def test_an_answer_waits_ten_seconds_in_which_it_is_taken_back_whole(
    olga: Client, cast: Cast
) -> None:
    ticket = cast.ticket()
    file = olga.post(
        f"/tickets/{ticket.number}/uploads",
        {"file": SimpleUploadedFile("note.txt", b"hello")},
        headers=HTMX,
    ).json()
    sent = send(olga, ticket, cast, html="<p>On <strong>its</strong> way</p>", file=file["key"])
    assert told(sent)["answered"] == {"number": ticket.number}
    assert Delivery.objects.get().state == DeliveryState.WAITING
    back = olga.delete(told(sent)["toast"]["undo_url"], headers=HTMX)
    restored = told(back)["restored"]
    assert restored["text"] == "On its way"
    assert "<strong>its</strong>" in restored["html"]
    assert [each["name"] for each in restored["files"]] == ["note.txt"]
    assert Delivery.objects.get().state == DeliveryState.WITHDRAWN


def test_sending_and_solving_is_one_step(olga: Client, cast: Cast) -> None:
    ticket = cast.ticket()
    sent = send(olga, ticket, cast, state="solved")
    ticket.refresh_from_db()
    assert ticket.state == State.SOLVED
    assert set(told(sent)) == {"toast", "answered", "ended"}


def test_an_answer_leaves_later_when_asked_to(olga: Client, cast: Cast) -> None:
    ticket = cast.ticket()
    later = (cast.at + timedelta(days=400)).isoformat()
    sent = send(olga, ticket, cast, send_at=later)
    assert told(sent)["toast"]["message"] == "Will be sent later"
    assert Delivery.objects.get().due_at == cast.at + timedelta(days=400)


def test_what_a_colleague_said_meanwhile_holds_an_answer_back_once(
    olga: Client, cast: Cast
) -> None:
    ticket = cast.ticket()
    seen = newest(ticket)
    said = Answer(text="I was quicker", to=(cast.anna,), due_at=cast.at)
    answer(ticket, said, by=cast.actor(cast.ivan), at=cast.at)
    held = send(olga, ticket, cast, seen=seen)
    assert held.status_code == 409
    assert "Ivan Ilyin" in told(held)["spoken"]["message"]
    assert send(olga, ticket, cast, seen=seen, anyway="1").status_code == 200


def test_held_back_without_javascript_the_words_stand_in_the_draft(
    olga: Client, cast: Cast
) -> None:
    ticket = cast.ticket()
    seen = newest(ticket)
    said = Answer(text="I was quicker", to=(cast.anna,), due_at=cast.at)
    answer(ticket, said, by=cast.actor(cast.ivan), at=cast.at)
    words = {"to": cast.anna.pk, "text": "My careful words", "seen": seen}
    olga.post(f"/tickets/{ticket.number}/answers", words)
    assert "My careful words" in text_of(olga.get(f"/tickets/{ticket.number}"))


def test_nothing_to_say_and_nobody_to_say_it_to_are_told_in_words(olga: Client, cast: Cast) -> None:
    ticket = cast.ticket()
    assert "Write something" in told(send(olga, ticket, cast, "  "))["toast"]["message"]
    nobody = send(olga, ticket, cast, to="999999")
    assert "recipient" in told(nobody)["toast"]["message"]


def test_markup_of_the_editor_is_cleaned_before_it_is_kept(olga: Client, cast: Cast) -> None:
    ticket = cast.ticket()
    send(olga, ticket, cast, html="<p>Hi</p><script>alert(1)</script><img src=x onerror=alert(1)>")
    html = ticket.filings.order_by("-message")[0].message.html
    assert html == "<p>Hi</p>"


def test_a_note_is_seen_by_colleagues_and_sent_to_nobody(olga: Client, cast: Cast) -> None:
    ticket = cast.ticket()
    kept = olga.post(f"/tickets/{ticket.number}/notes", {"text": "Careful"}, headers=HTMX)
    assert "Careful" in text_of(kept)
    assert not Delivery.objects.exists()


def test_a_file_of_a_note_is_read_by_colleagues(olga: Client, ivan: Client, cast: Cast) -> None:
    ticket = cast.ticket()
    upload = {"file": SimpleUploadedFile("plan.txt", b"the plan")}
    key = olga.post(f"/tickets/{ticket.number}/uploads", upload, headers=HTMX).json()["key"]
    olga.post(f"/tickets/{ticket.number}/notes", {"text": "See", "file": key}, headers=HTMX)
    assert not DraftFile.objects.exists()
    note_file = NoteFile.objects.get()
    assert "plan.txt" in text_of(ivan.get(f"/tickets/{ticket.number}"))
    assert ivan.get(f"/files/{note_file.key}").status_code == 200


def test_a_file_that_is_taken_off_does_not_come_back(olga: Client, cast: Cast) -> None:
    ticket = cast.ticket()
    upload = {"file": SimpleUploadedFile("wrong.txt", b"wrong")}
    key = olga.post(f"/tickets/{ticket.number}/uploads", upload, headers=HTMX).json()["key"]
    assert olga.delete(f"/tickets/{ticket.number}/uploads/{key}", headers=HTMX).status_code == 204
    assert not DraftFile.objects.exists()


def test_nobody_takes_a_file_off_a_colleague_s_answer(
    olga: Client, ivan: Client, cast: Cast
) -> None:
    ticket = cast.ticket()
    upload = {"file": SimpleUploadedFile("mine.txt", b"mine")}
    key = olga.post(f"/tickets/{ticket.number}/uploads", upload, headers=HTMX).json()["key"]
    ivan.delete(f"/tickets/{ticket.number}/uploads/{key}", headers=HTMX)
    assert DraftFile.objects.count() == 1


def test_templates_come_filled_in_for_the_ticket(olga: Client, cast: Cast) -> None:
    Template.objects.create(name="Greeting", text="Hello {{requester.name}}")
    ticket = cast.ticket()
    assert "Hello Anna Petrova" in text_of(olga.get(f"/tickets/{ticket.number}/templates"))


def test_a_colleague_who_answers_is_told_to_the_others(
    olga: Client, ivan: Client, cast: Cast
) -> None:
    ticket = cast.ticket()
    address = f"/tickets/{ticket.number}/presence"
    olga.post(address, {"doing": "answering"}, headers=HTMX)
    words = ivan.post(address, {"doing": "looking"}, headers=HTMX).json()["words"]
    assert words == "Olga Orlova is answering"


def test_a_message_is_forwarded_with_its_files_and_taken_back(olga: Client, cast: Cast) -> None:
    ticket = cast.ticket()
    typed = {
        "original": newest(ticket),
        "addresses": "master@example.net; boris@example.net",
        "text": "Please have a look",
        "with_files": "1",
    }
    sent = olga.post(f"/tickets/{ticket.number}/forwards", typed, headers=HTMX)
    assert told(sent)["toast"]["message"] == "Forwarded"
    assert {d.recipient.value for d in Delivery.objects.all()} == {
        "master@example.net",
        "boris@example.net",
    }
    back = told(olga.delete(told(sent)["toast"]["undo_url"], headers=HTMX))["restored"]
    assert (back["kind"], back["text"]) == ("forward", "Please have a look")
    assert "master@example.net" in back["addresses"]


def test_an_address_that_is_none_is_told_and_nothing_leaves(olga: Client, cast: Cast) -> None:
    ticket = cast.ticket()
    typed = {"original": newest(ticket), "addresses": "nobody"}
    refused = olga.post(f"/tickets/{ticket.number}/forwards", typed, headers=HTMX)
    assert refused.status_code == 422
    assert not Delivery.objects.exists()


def test_what_did_not_arrive_is_sent_again_by_a_button(olga: Client, cast: Cast) -> None:
    ticket = cast.ticket()
    said = Answer(text="On its way.", to=(cast.anna,), due_at=cast.at)
    message = answer(ticket, said, by=cast.actor(cast.olga), at=cast.at)
    delivery = Delivery.objects.get(message=message)
    refuse([Setback(delivery_id=delivery.pk, trouble=Trouble.REJECTED)], by=SYSTEM, at=cast.at)
    page = olga.get(f"/tickets/{ticket.number}").content.decode()
    assert "Send again" in page
    again = olga.post(f"/tickets/{ticket.number}/deliveries/{delivery.pk}", headers=HTMX)
    assert again.status_code == 200
    assert "Send again" not in again.content.decode()
    assert Delivery.objects.get(pk=delivery.pk).state == DeliveryState.WAITING
