"""Persons over the API: joined and taken apart, what they agreed to, their data taken out."""

import io
import zipfile

from django.db import connection
from django.test.utils import CaptureQueriesContext

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import IdentityKind, Resemblance
from tests.cast import Cast
from tests.edge.api.machines import Machine, issued


def second_anna(cast: Cast) -> int:
    """Somebody with a ticket of the shop who may be Anna."""
    who = Caller(kind=IdentityKind.EMAIL, value="anna.p@example.com", name="Anna P")
    identity = meet(who, by=SYSTEM, at=cast.at)
    cast.ticket(sender=identity)
    return identity.person_id


def test_persons_are_joined_and_it_is_undone(cast: Cast, shop: Machine) -> None:
    cast.ticket()
    other = second_anna(cast)
    path = f"people/{cast.anna.person_id}/joins"
    made = shop.post(path, {"other": other})
    assert (made.status, made.body["basis"]) == (201, "decision")
    assert shop.get(f"people/{other}/joins").body["items"] == [made.body]
    assert shop.delete(f"{path}/{made.body['id']}").status == 204
    assert shop.get(path).body["items"] == []


def asked_for_people(machine: Machine) -> tuple[int, list[int]]:
    """How much is asked for the list, and how many addresses each person in it has."""
    with CaptureQueriesContext(connection) as asked:
        items = machine.get("people").body["items"]
    return len(asked), [len(each["identities"]) for each in items]


def test_more_persons_are_listed_without_asking_more(cast: Cast, shop: Machine) -> None:
    cast.ticket()
    asked_for_people(shop)
    few, _of_anna = asked_for_people(shop)
    second_anna(cast)
    assert asked_for_people(shop) == (few, [1, 1])


def test_who_was_told_apart_is_not_joined(cast: Cast, shop: Machine) -> None:
    cast.ticket()
    other = second_anna(cast)
    pair = Resemblance.objects.create(
        one=cast.anna.person, other_id=other, score=9.0, found_at=cast.at
    )
    assert [each["id"] for each in shop.get("likenesses").body["items"]] == [pair.pk]
    assert shop.put(f"likenesses/{pair.pk}/denial").status == 204
    said = shop.post(f"people/{other}/joins", {"other": cast.anna.person_id})
    assert (said.status, said.body["code"]) == (409, "told-apart")


def test_persons_of_another_brand_are_neither_joined_nor_named(
    cast: Cast, shop: Machine, lifts: Machine
) -> None:
    cast.ticket()
    cast.ticket(sender=cast.boris, channel=cast.lift_mail)
    path = f"people/{cast.anna.person_id}/joins"
    assert shop.post(path, {"other": cast.boris.person_id}).status == 422
    every = Machine(token=issued(at=cast.at).token)
    made = every.post(path, {"other": cast.boris.person_id}).body
    assert shop.get(path).body["items"] == []
    assert shop.delete(f"{path}/{made['id']}").status == 404


def test_a_consent_names_the_words_that_hold(cast: Cast, shop: Machine) -> None:
    cast.ticket()
    path = f"people/{cast.anna.person_id}/consents"
    agreed = {"purpose": "news", "word": "yes", "language": "en"}
    assert shop.post(path, agreed).status == 422
    every = Machine(token=issued(at=cast.at).token)
    words = {"purpose": "news", "language": "en", "text": "News once a month."}
    document = every.post("consent-documents", words).body
    said = shop.post(path, agreed)
    assert (said.status, said.body["document_id"]) == (201, document["id"])
    assert shop.post(path, {"purpose": "news", "word": "no"}).status == 201
    held = [each for each in shop.get(path).body["items"] if each["ended_at"] is None]
    assert [each["word"] for each in held] == ["no"]


def test_what_is_held_of_a_person_is_taken_out_by_a_key_of_all_brands(
    cast: Cast, shop: Machine
) -> None:
    cast.ticket()
    path = f"people/{cast.anna.person_id}/export"
    assert shop.post(path).status == 403
    said = Machine(token=issued(at=cast.at).token).post(path)
    assert said.status == 200
    assert zipfile.ZipFile(io.BytesIO(said.body)).namelist()
