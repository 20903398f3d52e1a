"""What a mail says that leaves: to whom, from whom, threaded, in which words, with which files."""

from datetime import timedelta

import pytest
from pytest_django.fixtures import Settings as DjangoSettings

from ambidesk.ground.files import storing
from ambidesk.support.conversations.models import Channel, DeliveryState
from tests.cast import Cast
from tests.support.channels.mail.relays import relay
from tests.support.channels.mail.sending.office import post, say, state_of, through


def test_an_answer_arrives_threaded_and_its_token_leads_back(
    cast: Cast, settings: DjangoSettings
) -> None:
    ticket = cast.ticket("Где посылка?", external_id="first@example.org", subject="Посылка")
    message = say(cast, ticket)
    with relay() as found:
        through(settings, found)
        assert post(cast).sent == 1
        assert post(cast).found == 0
    (taken,) = found.taken
    delivery = state_of(message)
    token = f"help+{delivery.reply_token}@polka.example"
    assert (taken.sender, taken.recipient) == (token, "anna@example.org")
    assert taken.mail["Reply-To"].addresses[0].addr_spec == token
    assert str(taken.mail["From"]) == "Polka <help@polka.example>"
    assert taken.mail["Message-ID"] == f"<{message.external_id}>"
    assert taken.mail["In-Reply-To"] == "<first@example.org>"
    assert taken.mail["References"] == "<first@example.org>"
    assert taken.mail["Subject"] == "Re: Посылка"
    body = taken.mail.get_body(("plain",))
    assert body
    assert "> Где посылка?" in body.get_content()  # type: ignore[attr-defined]
    assert delivery.state == DeliveryState.SENT
    assert delivery.sent_at == cast.at + timedelta(seconds=1)


def test_each_recipient_gets_an_own_mail_that_names_all(
    cast: Cast, settings: DjangoSettings
) -> None:
    say(cast, cc=(cast.boris,))
    with relay() as found:
        through(settings, found)
        post(cast)
    assert {taken.recipient for taken in found.taken} == {"anna@example.org", "boris@example.net"}
    assert len({str(taken.mail["Reply-To"]) for taken in found.taken}) == 2
    assert len({taken.mail["Message-ID"] for taken in found.taken}) == 1
    assert {str(taken.mail["Cc"]) for taken in found.taken} == {"Boris Smirnov <boris@example.net>"}


def test_words_of_one_person_are_not_quoted_to_another(
    cast: Cast, settings: DjangoSettings
) -> None:
    ticket = cast.ticket("Boris's secret", sender=cast.boris)
    say(cast, ticket, to=(cast.anna,))
    with relay() as found:
        through(settings, found)
        post(cast)
    body = found.taken[0].mail.get_body(("plain",))
    assert body
    assert "secret" not in body.get_content()  # type: ignore[attr-defined]


def test_a_file_comes_along_under_its_name(cast: Cast, settings: DjangoSettings) -> None:
    blob = storing.store(b"%PDF-1.4 \x00\xff", at=cast.at)
    say(cast, files=((blob, "Счёт № 5.pdf"),))
    with relay() as found:
        through(settings, found)
        post(cast)
    (part,) = found.taken[0].mail.iter_attachments()
    assert part.get_filename() == "Счёт № 5.pdf"
    assert part.get_content() == b"%PDF-1.4 \x00\xff"  # type: ignore[attr-defined]


def test_the_operator_speaks_under_their_name_where_the_channel_wants_it(
    cast: Cast, settings: DjangoSettings
) -> None:
    Channel.objects.update(settings={"habits": {"speaks_as": "operator", "tokens": False}})
    say(cast)
    with relay() as found:
        through(settings, found)
        post(cast)
    (taken,) = found.taken
    assert taken.mail["From"].addresses[0].display_name == "Olga Orlova (Polka)"
    assert taken.sender == "help@polka.example"
    assert taken.mail["Reply-To"].addresses[0].addr_spec == "help@polka.example"


def test_automatic_messages_say_that_they_are(cast: Cast, settings: DjangoSettings) -> None:
    say(cast, automatic=True)
    with relay() as found:
        through(settings, found)
        post(cast)
    assert found.taken[0].mail["Auto-Submitted"] == "auto-replied"


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_words_that_the_desk_adds_are_in_the_brands_language(
    cast: Cast, settings: DjangoSettings, language: str
) -> None:
    cast.shop.__class__.objects.update(language=language, signature="{{operator.name}}, Polka")
    say(cast)
    with relay() as found:
        through(settings, found)
        post(cast)
    body = found.taken[0].mail.get_body(("html",))
    assert body
    assert f'<html lang="{language}">' in body.get_content()  # type: ignore[attr-defined]
    assert "Olga Orlova, Polka" in body.get_content()  # type: ignore[attr-defined]
