"""Plans: what the desk does all day reads no growing table from end to end, however full it is."""

from django.db import connection

from ambidesk.edge.commands.gauging.plans import whole_reads
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import Identity, IdentityKind, Person
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.assigning import assign
from ambidesk.support.tickets.closing import close
from ambidesk.support.tickets.opening import Opening
from ambidesk.support.tickets.relaying import Relayed, relay_many
from tests.cast import Cast


def crowd(cast: Cast) -> None:
    """So many persons that PostgreSQL chooses with care."""
    persons = Person.objects.bulk_create(Person(first_at=cast.at) for _each in range(3_000))
    Identity.objects.bulk_create(
        Identity(
            person=person,
            kind=IdentityKind.EMAIL,
            value=f"{person.pk}@crowd.example",
            first_at=cast.at,
        )
        for person in persons
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE people_person, people_identity")


def test_whoever_writes_is_found_by_an_index(cast: Cast) -> None:
    crowd(cast)
    known = Caller(kind=IdentityKind.EMAIL, value=cast.anna.value, name="Anna")
    stranger = Caller(kind=IdentityKind.PHONE, value="+74950000000", name="Sam")
    with whole_reads() as found:
        meet(known, by=SYSTEM, at=cast.at)
        meet(stranger, by=SYSTEM, at=cast.at)
    assert found == []


def test_a_ticket_lives_without_reading_all_of_anything(cast: Cast) -> None:
    by = cast.actor(cast.olga)
    with whole_reads() as found:
        opening = Opening(brand=cast.shop, requester=cast.anna, subject="Parcel")
        (ticket,) = relay_many([Relayed(opening=opening, text="Where is it?")], by=by, at=cast.at)
        assign(ticket, assignee=cast.olga, team=cast.shop_team, by=by, at=cast.at)
        answer(
            ticket, Answer(text="On its way", to=(cast.anna,), due_at=cast.at), by=by, at=cast.at
        )
        close(ticket, by=by, at=cast.at)
    assert found == []
