"""Why a clock of a ticket is due when it is, in both languages."""

import pytest
from django.utils import translation

from ambidesk.support.promises.explaining import told_of
from ambidesk.support.tickets.answering import answer
from ambidesk.support.tickets.closing import wait
from ambidesk.support.tickets.models import State, Ticket
from tests.support.promises.conftest import HOUR
from tests.support.promises.test_promises import said

pytestmark = pytest.mark.django_db


def test_the_reasons_name_policy_pauses_and_days(office):
    cast, at, by = office.cast, office.cast.at, office.cast.actor(office.cast.olga)
    ticket = cast.ticket()
    wait(ticket, State.ON_HOLD, by=by, at=at + HOUR)
    wait(ticket, State.OPEN, by=by, at=at + 2 * HOUR)
    office.follow(at + 2 * HOUR)
    with translation.override("en"):
        first, _solved = told_of(Ticket.objects.get(pk=ticket.pk), at=at + 2 * HOUR)
    assert (first.label, first.state, first.due_at) == ("First response", "running", at + 5 * HOUR)
    assert first.reasons == (
        "“Everybody” promises 4 h of working time.",
        "Mon 2 March 2026, 12:00 – Mon 2 March 2026, 13:00: 1 h counted.",
        "Mon 2 March 2026, 13:00 – Mon 2 March 2026, 14:00: paused, on hold.",
        "3 h of working time from Mon 2 March 2026, 14:00 (Europe/Moscow).",
        "Mon 2 March: 3 h (open 00:00–24:00).",
        "Due Mon 2 March 2026, 17:00.",
    )


def test_paused_kept_and_late_are_told(office):
    cast, at, by = office.cast, office.cast.at, office.cast.actor(office.cast.olga)
    ticket, late = cast.ticket(), cast.ticket()
    answer(ticket, said(cast, at), by=by, at=at + HOUR)
    office.follow(at + HOUR)
    states = {each.label: each.state for each in told_of(Ticket.objects.get(pk=ticket.pk), at=at)}
    assert set(states.values()) == {"met", "paused"}
    told = told_of(Ticket.objects.get(pk=late.pk), at=at + 9 * HOUR)
    assert {each.state for each in told} == {"missed"}


def test_the_words_come_in_russian_too(office):
    ticket = office.cast.ticket()
    office.follow(office.cast.at)
    with translation.override("ru"):
        told = told_of(Ticket.objects.get(pk=ticket.pk), at=office.cast.at)
    assert any("марта" in words for words in told[0].reasons)
