"""Who sees which tickets, messages, files and persons."""

from collections import defaultdict
from collections.abc import Hashable

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.ground.reach.granting import actor_of
from ambidesk.parties.people.models import Identity, Person
from ambidesk.parties.staff.hiring import dismiss, join_teams
from ambidesk.support.conversations.models import Message
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.reach import reach_of
from tests.cast import Cast


def test_an_operator_sees_the_brands_that_own_teams_serve_and_no_other(cast: Cast) -> None:
    ours = cast.ticket()
    theirs = cast.ticket(channel=cast.lift_mail, sender=cast.boris)
    olga = cast.actor(cast.olga)
    assert set(Ticket.objects.visible_to(olga)) == {ours}
    assert set(Ticket.objects.visible_to(cast.actor(cast.lev))) == {theirs}
    assert set(Ticket.objects.visible_to(cast.actor(cast.admin))) == {ours, theirs}
    assert set(Person.objects.visible_to(olga)) == {cast.anna.person}


def test_messages_are_seen_with_their_tickets_only(cast: Cast) -> None:
    cast.ticket()
    cast.ticket("secret", channel=cast.lift_mail)
    unfiled = cast.write("nowhere yet")
    seen = Message.objects.visible_to(cast.actor(cast.olga))
    assert [message.text for message in seen] == ["Where is my parcel?"]
    assert unfiled not in seen


def test_leaving_a_team_ends_the_sight_at_once(cast: Cast) -> None:
    cast.ticket()
    join_teams(cast.olga, [], by=SYSTEM, at=cast.at)
    assert not Ticket.objects.visible_to(cast.actor(cast.olga)).exists()


def test_a_dismissed_member_sees_nothing(cast: Cast) -> None:
    cast.ticket()
    dismiss(cast.olga, by=SYSTEM, at=cast.at)
    cast.olga.user.refresh_from_db()
    assert not Ticket.objects.visible_to(actor_of(cast.olga.user)).exists()


def test_two_actors_of_the_same_reach_see_the_same_by_the_same_question(cast: Cast) -> None:
    actors = [cast.actor(each) for each in (cast.olga, cast.ivan, cast.lev, cast.admin)]
    models = (Ticket, Message, Person, Identity)
    told: dict[Hashable, set[tuple[str, ...]]] = defaultdict(set)
    for actor in actors:
        asked = (str(model.objects.visible_to(actor).values("pk").query) for model in models)
        told[reach_of(actor)].add(tuple(asked))
    assert len(told) == 3
    assert all(len(questions) == 1 for questions in told.values())
