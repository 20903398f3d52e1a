"""Explaining: in words, who promised how long a stage may take, and why it is due when it is."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from ambidesk.ground.calendars.words import spoken
from ambidesk.ground.kernel import journal
from ambidesk.service.contracts.models import StagePromise
from ambidesk.service.sla.rules.clocks import Clock
from ambidesk.service.workflow.going import stage_of
from ambidesk.service.workflow.models import Stay
from ambidesk.support.promises.explaining import course_of
from ambidesk.support.stages.clocks import clocks_by_stay
from ambidesk.support.tickets.models import Ticket


def reasons_of(ticket: Ticket, stays: Sequence[Stay]) -> dict[int, tuple[str, ...]]:
    """Say for stays of a ticket, by their ids, until when and why, where it was promised."""
    owed = [stay for stay in stays if stay.promise_id]
    if not owed:
        return {}
    folded = clocks_by_stay(owed, journal.entries_of("ticket", ticket.pk))
    clocks = {stay.pk: folded[stay.pk][-1] for stay in owed if folded[stay.pk]}
    keys = {clock.terms.key[0] for clock in clocks.values()} - {0}
    rows = StagePromise.objects.filter(pk__in=keys).select_related("version__contract")
    promises = {row.pk: row for row in rows} if keys else {}
    return {
        stay.pk: tuple(_reasons(stay, clocks[stay.pk], promises.get(clocks[stay.pk].terms.key[0])))
        for stay in owed
        if stay.pk in clocks
    }


def _reasons(stay: Stay, clock: Clock, promise: StagePromise | None) -> Iterator[str]:
    facts = {"work": spoken(clock.target.work)}
    own = stage_of(stay).deadline
    if promise is None:
        yield _("The process gives %(work)s of working time for this stage.") % facts
    else:
        facts |= {"number": promise.version.contract.number, "clause": promise.clause}
        yield (
            _(
                "Contract %(number)s, clause %(clause)s, promises %(work)s of working time for"
                " this stage."
            )
            % facts
        )
        if own is not None:
            yield (
                _("That goes before the process, which gives %(work)s.")
                % {"work": spoken(own.work)}
            )
    yield from course_of(clock)
