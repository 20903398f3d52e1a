"""After a restore nothing leaves until somebody confirms it, and who was erased stays erased."""

from datetime import timedelta

from ambidesk.ground.kernel.outbox import lease
from ambidesk.parties.people.models import Identity
from ambidesk.support.conversations.models import Delivery
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.wiring.restoring import after_restore, release
from tests.cast import Cast


def due(cast: Cast) -> int:
    later = cast.at + timedelta(minutes=1)
    return len(lease(Delivery.objects.all(), at=later, lasting=timedelta(seconds=1), limit=10))


def test_an_answer_that_was_waiting_leaves_only_after_the_confirmation(cast: Cast) -> None:
    said = Answer(text="On its way.", to=(cast.anna,), due_at=cast.at)
    answer(cast.ticket(), said, by=cast.actor(cast.olga), at=cast.at)
    after_restore([], at=cast.at)
    assert due(cast) == 0
    release()
    assert due(cast) == 1


def test_a_person_erased_after_the_backup_is_erased_again(cast: Cast) -> None:
    cast.ticket()
    after_restore([cast.anna.person_id], at=cast.at)
    assert not Identity.objects.filter(value=cast.anna.value).exists()
