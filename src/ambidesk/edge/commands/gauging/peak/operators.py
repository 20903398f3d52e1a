"""Operators: each takes what is next, answers it and closes it, again and again, by the verbs."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep

from django.db import OperationalError

from ambidesk.edge.commands.gauging.peak.ledgers import Ledger
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.granting import actor_of
from ambidesk.parties.staff.models import Member
from ambidesk.support.routing import attendance
from ambidesk.support.routing.taking import take_next
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.closing import close
from ambidesk.support.tickets.models import Ticket

ANSWER = "An answer to"
IDLE_SECONDS = 0.2
DESKS = 2


def work(*, place: Path, number: int, of: int) -> None:
    """Work as every `of`-th operator, from the `number`-th on; who is seen gone is brought back."""
    rows = Member.objects.filter(operator__isnull=False).select_related("user")
    crew = [(one, actor_of(one.user)) for one in rows.order_by("pk")[number::of]]
    desks = range(DESKS)
    # A person who waits for the database holds up nobody but those at the same desk.
    with ThreadPoolExecutor(DESKS) as pool:
        list(pool.map(lambda desk: _sit(place, f"{number}-{desk}", crew[desk::DESKS]), desks))


def _sit(place: Path, name: str, crew: Sequence[tuple[Member, Actor]]) -> None:
    told = monotonic() - attendance.EVERY_SECONDS
    with Ledger(place, f"worked{name}") as ledger, Ledger(place, f"broken{name}") as broken:
        while True:
            if monotonic() >= told + attendance.EVERY_SECONDS:
                attendance.report([one.user_id for one, _by in crew])
                told = monotonic()
            if not _round(crew, ledger, broken):
                sleep(IDLE_SECONDS)


def _round(crew: Sequence[tuple[Member, Actor]], ledger: Ledger, broken: Ledger) -> int:
    done = 0
    for member, by in crew:
        with suppress(Refusal):
            ticket = take_next(member, by=by, at=datetime.now(UTC))
            _serve(ticket.pk, by, ledger, broken)
            done += 1
    return done


def _serve(number: int, by: Actor, ledger: Ledger, broken: Ledger) -> None:
    ticket = Ticket.objects.select_related("requester_identity").get(pk=number)
    whom = ticket.requester_identity
    assert whom  # noqa: S101 somebody wrote
    at = datetime.now(UTC)
    said = Answer(text=f"{ANSWER} {whom.value}.", to=(whom,), due_at=at)
    _again(lambda: answer(ticket, said, by=by, at=at), broken)
    _again(lambda: close(ticket, by=by, at=datetime.now(UTC)), broken)
    ledger.note(whom.value, number)


def _again(verb: Callable[[], object], broken: Ledger) -> None:
    """Call a verb as a person would once more where the database broke it off; that is noted."""
    while True:
        try:
            verb()
        except OperationalError as error:
            broken.note("-".join(str(error).split()[:2]))
        else:
            return
