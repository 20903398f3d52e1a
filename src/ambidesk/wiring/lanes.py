"""The lanes of the worker: each pump that must flow, a thread each."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from django.conf import settings

from ambidesk.across.automation import planning, sweeping
from ambidesk.across.automation import running as rules
from ambidesk.across.automation.trials import beginning as trials
from ambidesk.across.automation.trials import working
from ambidesk.across.insight.posting import post_reports
from ambidesk.across.privacy.retaining import retain_due
from ambidesk.edge.commands.lanes import Lane as Running
from ambidesk.edge.commands.story import living
from ambidesk.edge.web.insight.letter import write_report
from ambidesk.edge.web.portal.telling import in_words as client_words
from ambidesk.edge.web.workspace.notices.sentences import in_words
from ambidesk.ground.files.words.reading import read_due
from ambidesk.ground.kernel import jobs, subscribers
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.kernel.jobs import Periodic
from ambidesk.ground.kernel.pumps import Lane
from ambidesk.ground.kernel.watching import tidy, watch
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.ground.reach.attempting import sweep_attempts
from ambidesk.ground.search.pages.meaning.filling import fill_due
from ambidesk.parties.authority.revoking import sweep_ended
from ambidesk.parties.staff.leaving import forget_expired
from ambidesk.relation.feedback.offering import offer_due
from ambidesk.relation.feedback.sampling import sample_due
from ambidesk.service.contracts.stopping import review_due
from ambidesk.service.contracts.watching import watch_due
from ambidesk.service.sla.sweeping import sweep_due
from ambidesk.support.channels.contract.registry import kinds
from ambidesk.support.channels.incoming import handing_in as incoming_intake
from ambidesk.support.channels.incoming import taking_in as incoming_taking
from ambidesk.support.channels.intake import lane as connector_intake
from ambidesk.support.channels.mail.digesting import post_digests
from ambidesk.support.channels.mail.imap.lane import Mailboxes
from ambidesk.support.channels.mail.intake import lane as mail_intake
from ambidesk.support.channels.mail.intake.caring import care
from ambidesk.support.channels.mail.lettering import post_letters
from ambidesk.support.channels.mail.sending.posting import post_office as mail_office
from ambidesk.support.channels.polling.lane import Polling
from ambidesk.support.channels.portal.telling import still_told
from ambidesk.support.channels.sending.lane import Sending
from ambidesk.support.channels.sending.posting import post_office
from ambidesk.support.channels.webform import handing_in as form_intake
from ambidesk.support.channels.webform import taking_in as form_taking
from ambidesk.support.channels.widget.sending import NAME as WIDGET_SENDING
from ambidesk.support.channels.widget.sending import send_due
from ambidesk.support.channels.widget.transcribing import follow_by_mail
from ambidesk.support.conversations.models import ChannelKind
from ambidesk.support.conversations.uploading import sweep_uploads
from ambidesk.support.coverage import following as coverage
from ambidesk.support.desk.batches import working as batches
from ambidesk.support.desk.reminding import remind_due
from ambidesk.support.incidents import noticing, remembering, telling
from ambidesk.support.notifications.models import Notice
from ambidesk.support.notifications.push.posting import post_due
from ambidesk.support.promises import following as promises
from ambidesk.support.routing import (
    attending,
    following,
    offering,
    overflowing,
    pushing,
    returning,
)
from ambidesk.support.routing.attendance import EVERY_SECONDS
from ambidesk.support.stages.penalising import penalise_due
from ambidesk.support.succession.beginning import begin_due
from ambidesk.support.telephony import dialling, recording
from ambidesk.support.telephony.taking import end_unheard
from ambidesk.support.tickets.noticing import still_seen
from ambidesk.support.tickets.snoozing import wake_due
from ambidesk.support.webhooks import posting as webhooks

# Calls of webhooks can be replayed for so long.
KEPT = timedelta(days=30)
# Jobs that fall due by the clock; so far everything periodic is a pump.
PERIODIC: Sequence[Periodic] = ()


def lanes() -> Sequence[Running]:
    """Every lane there is; a demo has one more."""
    story = Lane("story", living.stay, every=EVERY_SECONDS)
    return [*_lanes(), *([story] if settings.IS_DEMO else [])]


def _lanes() -> list[Running]:
    return [
        *_inwards(),
        *_outwards(),
        *_due(),
        *subscribers.lanes(),
        *jobs.lanes(PERIODIC),
        Lane("watch", lambda: watch(at=datetime.now(UTC)), every=5.0),
        Lane("tidy", _tidy, every=60.0),
    ]


def _inwards() -> Sequence[Running]:
    """What comes in."""
    return [
        Lane(mail_intake.NAME, mail_intake.Intake().run_once, every=0.25),
        Lane("intake-care", lambda: care(at=datetime.now(UTC)), every=30.0),
        Lane(form_intake.LANE, form_taking.run_once, every=0.5),
        Lane(incoming_intake.LANE, incoming_taking.run_once, every=0.5),
        Lane(connector_intake.NAME, connector_intake.run_once, every=0.25),
        Mailboxes(),
        Polling(),
        Lane(recording.LANE, lambda: recording.fetch_due(at=datetime.now(UTC)), every=2.0),
        Lane("calls-unheard", lambda: end_unheard(at=datetime.now(UTC)), every=30.0),
        Lane("file-words", lambda: read_due(by=SYSTEM, at=datetime.now(UTC)), every=2.0),
    ]


def _outwards() -> Sequence[Running]:
    """What leaves."""
    return [
        Lane("digests", _post_digests, every=30.0),
        Lane("reports", lambda: post_reports(words=write_report, clock=_clock), every=30.0),
        Lane("letters", lambda: post_letters(clock=_clock), every=2.0),
        Lane("push", _push, every=1.0),
        Lane("webhooks", lambda: webhooks.post_due(clock=_clock), every=1.0),
        Lane(dialling.LANE, lambda: dialling.dial_due(at=datetime.now(UTC)), every=0.5),
        Lane("incidents-tell", lambda: telling.tell_due(at=datetime.now(UTC)), every=1.0),
        Lane("surveys", lambda: offer_due(at=datetime.now(UTC)), every=2.0),
        Lane("survey-samples", lambda: sample_due(at=datetime.now(UTC)), every=300.0),
        Lane(WIDGET_SENDING, lambda: send_due(at=datetime.now(UTC)), every=1.0),
        Lane("widget-mail", lambda: follow_by_mail(at=datetime.now(UTC)), every=20.0),
        Sending({ChannelKind.EMAIL.value: mail_office} | dict.fromkeys(kinds(), post_office)),
    ]


def _due() -> Sequence[Running]:
    """What falls due inside."""
    return [
        Lane(batches.LANE, lambda: batches.work_due(at=datetime.now(UTC)), every=0.5),
        Lane("retention", lambda: retain_due(by=SYSTEM, at=datetime.now(UTC)), every=120.0),
        Lane("reminders", lambda: remind_due(at=datetime.now(UTC)), every=5.0),
        Lane("snoozes", lambda: wake_due(at=datetime.now(UTC)), every=5.0),
        Lane("coverage", lambda: coverage.sweep(at=datetime.now(UTC)), every=15.0),
        Lane("contracts", _watch_contracts, every=3600.0),
        Lane("promises", lambda: sweep_due(by=SYSTEM, at=datetime.now(UTC)), every=0.5),
        Lane("authority-ends", lambda: sweep_ended(at=datetime.now(UTC)), every=5.0),
        Lane("promises-choose", lambda: promises.sweep(at=datetime.now(UTC)), every=5.0),
        *_of_rules(),
        Lane("meanings", fill_due, every=10.0),
        Lane("queues-push", lambda: pushing.push_waiting(at=datetime.now(UTC)), every=0.5),
        Lane("queues-offer", lambda: offering.offer_waiting(at=datetime.now(UTC)), every=2.0),
        Lane("queues-care", _care_for_queues, every=2.0),
        Lane("absences", lambda: begin_due(at=datetime.now(UTC)), every=5.0),
        Lane("queues-sweep", _sweep_queues, every=30.0),
    ]


def _watch_contracts() -> int:
    at = datetime.now(UTC)
    on = day_of(at)
    watched = watch_due(by=SYSTEM, on=on, at=at)
    # Who owes is looked at each time: it is no work that is left, or the lane would never rest.
    review_due(by=SYSTEM, on=on, at=at)
    return watched + penalise_due(by=SYSTEM, at=at)


def _of_rules() -> Sequence[Lane]:
    return [
        Lane(planning.LANE, lambda: rules.run_due(at=datetime.now(UTC)), every=0.5),
        Lane("rules-sweep", lambda: sweeping.sweep(at=datetime.now(UTC)), every=5.0),
        Lane(trials.LANE, lambda: working.work_trials(at=datetime.now(UTC)), every=1.0),
    ]


def _sweep_queues() -> int:
    # What the subscriber is about to settle is not lost: in a flood both would wait for each other.
    behind = subscribers.lies_behind("queues")
    return 0 if behind else following.sweep(at=datetime.now(UTC))


def _care_for_queues() -> int:
    at = datetime.now(UTC)
    noticed = attending.watch_browsers(at=at)
    return noticed + returning.return_vanished(at=at) + overflowing.overflow_due(at=at)


def _words(notices: Sequence[Notice]) -> Mapping[int, str]:
    """Say notices; of tickets that went out of sight meanwhile nothing is said."""
    own = [each for each in notices if not each.is_of_client]
    said = {each.pk: in_words(each) for each in still_seen(own)}
    told = still_told(notices, at=datetime.now(UTC))
    return said | {each.pk: client_words(each) for each in told}


def _post_digests() -> int:
    return post_digests(words=_words, clock=_clock)


def _push() -> int:
    return post_due(words=_words, at=datetime.now(UTC))


def _clock() -> datetime:
    return datetime.now(UTC)


def _tidy() -> int:
    at = datetime.now(UTC)
    webhooks.forget(before=at - KEPT)
    noticing.sweep(at=at)
    remembering.forget(at=at)
    sweep_attempts(at=at)
    sweep_uploads(at=at)
    return tidy() + forget_expired(at=at)
