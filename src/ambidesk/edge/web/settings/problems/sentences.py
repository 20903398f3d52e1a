"""Problems in words: what happened, why, and what to do next, by the kind of the problem."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambidesk.across.automation.knowing import names_of
from ambidesk.across.automation.models import RunState
from ambidesk.across.insight.giving_up import MAILS
from ambidesk.across.problems.seeing import Subjects
from ambidesk.edge.web.settings.sections import Words
from ambidesk.ground.kernel.models import Problem
from ambidesk.parties.authority.models.letter import LetterKind
from ambidesk.parties.authority.writing import LETTERS
from ambidesk.support.channels.contract.registry import kinds
from ambidesk.support.conversations.models import Trouble

SEEN = gettext_lazy("Seen")
# Why a raw message stands in quarantine.
REASONS = {
    "too_large": gettext_lazy("It is larger than the desk can read."),
    "deadline": gettext_lazy("Reading it took longer than it may: it may be made so on purpose."),
    "died": gettext_lazy("The reader ran out of memory or time over it."),
    "fault": gettext_lazy("It is built in a way that the desk cannot read."),
    "gave-up": gettext_lazy("The desk tried several times and gave up."),
    "no-json": gettext_lazy("It is no JSON."),
    "no-events": gettext_lazy("There is no list where the events should stand."),
    "too-many-events": gettext_lazy("It tells of more than 50 events."),
    "no-words": gettext_lazy("Neither a subject nor a text stands where they should."),
    "content-lost": gettext_lazy("Its content is missing from the files of the desk."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """
    One problem as a person reads it.

    `again` and `end` are the words of the steps; "" where there is no such step.
    """

    title: Words
    words: Words
    again: Words = ""
    end: Words = SEEN
    has_original: bool = False
    url: str = ""
    url_words: Words = ""


Telling = Callable[[Problem, Subjects], Told]


def told(problem: Problem, subjects: Subjects) -> Told:
    """Tell a problem; one of an unknown kind is told by its name."""
    telling = TELLINGS.get(problem.kind)
    if telling is None:
        return Told(title=problem.kind, words="")
    return telling(problem, subjects)


def _quarantined(problem: Problem, subjects: Subjects) -> Told:
    facts = problem.facts
    return Told(
        title=_("A message to “%(channel)s” could not be taken in")
        % {"channel": facts.get("channel", "")},
        words=REASONS.get(str(facts.get("reason")), ""),
        again=_("Try again"),
        end=_("Discard"),
        has_original=problem.subject_id in subjects.items,
    )


def _loop(problem: Problem, _subjects: Subjects) -> Told:
    return Told(
        title=_("Two machines may be answering each other in “%(channel)s”")
        % {"channel": problem.facts.get("channel", "")},
        words=_("Automatic mail beyond its budget is held back, so that no loop begins."),
        again=_("Let it in"),
        end=_("Discard it"),
    )


def _late(_problem: Problem, _subjects: Subjects) -> Told:
    return Told(
        title=_("Mail waits to be taken in"),
        words=_("What came in is safe, but nobody works it through. Is a worker running?"),
        end="",
    )


def _screen_of(facts: Mapping[str, object]) -> str:
    is_messenger = str(facts.get("kind", "")) in kinds()
    return "settings-messengers-one" if is_messenger else "settings-channels-one"


def _channel(title: Words) -> Telling:
    def telling(problem: Problem, _subjects: Subjects) -> Told:
        facts = problem.facts
        known = facts.get("trouble") in Trouble.values
        words = str(Trouble(facts["trouble"]).label) if known else ""
        return Told(
            title=str(title) % {"channel": facts.get("channel", "")},
            words=words,
            end="",
            url=reverse(_screen_of(facts), args=[problem.subject_id]),
            url_words=_("Open the channel"),
        )

    return telling


def _delivery(title: Words) -> Telling:
    def telling(problem: Problem, subjects: Subjects) -> Told:
        delivery = subjects.deliveries.get(problem.subject_id)
        address = delivery.recipient.value if delivery else ""
        return Told(
            title=str(title) % {"address": address},
            words=delivery.words if delivery else "",
            url=reverse("ticket", args=[problem.facts["ticket"]]),
            url_words=_("Open the ticket"),
        )

    return telling


def _job(problem: Problem, _subjects: Subjects) -> Told:
    return Told(
        title=_("The job “%(job)s” gave up") % {"job": problem.facts.get("job", "")},
        words=_("It failed each time that it was tried. The log says why."),
        again=_("Run it again"),
    )


def _subscriber(problem: Problem, _subjects: Subjects) -> Told:
    facts = problem.facts
    return Told(
        title=_("“%(subscriber)s” missed an event") % {"subscriber": facts.get("subscriber", "")},
        words=str(facts.get("reason", "")),
        again=_("Try again"),
    )


def _held(problem: Problem, _subjects: Subjects) -> Told:
    facts = problem.facts
    if not facts.get("pid"):
        words = _("“%(program)s” in the database “%(database)s” holds a prepared transaction.")
    else:
        words = _(
            "Session %(pid)s of “%(program)s” in the database “%(database)s” does not end. "
            "End it with: SELECT pg_terminate_backend(%(pid)s)"
        )
    known = {key: facts.get(key) for key in ("pid", "database")}
    return Told(
        title=_("Search and notifications wait for a session of the database"),
        words=words % {**known, "program": facts.get("application")},
        end="",
    )


def _webhook(problem: Problem, _subjects: Subjects) -> Told:
    facts = problem.facts
    words = _("It is not called any more: the other side said that it is gone.")
    if not facts.get("gone"):
        words = _("What happened is kept for three days and sent as soon as it answers.")
    return Told(
        title=_("The webhook “%(webhook)s” does not answer") % {"webhook": facts.get("webhook")},
        words=words,
        end="",
        url=reverse("settings-webhooks-one", args=[problem.subject_id]),
        url_words=_("Open the webhook"),
    )


def _rules(problem: Problem, _subjects: Subjects) -> Told:
    names = names_of(problem.facts.get("rules", []))
    chain = [f"“{names.get(each, '?')}”" for each in problem.facts.get("rules", [])]
    last = names.get(problem.subject_id, "?")
    return Told(
        title=_("Rules go round in a circle: %(chain)s") % {"chain": " → ".join(chain)}
        if problem.facts.get("why") == RunState.LOOP
        else _("Rules run too often: %(chain)s") % {"chain": " → ".join(chain)},
        words=_("The last one was stopped on #%(number)s. Nothing was lost; change one of them.")
        % {"number": problem.facts.get("ticket")},
        again=_("Switch “%(name)s” off") % {"name": last},
        url=reverse("settings-rules"),
        url_words=_("Rules"),
    )


def _contract(title: Words, words: Words) -> Telling:
    def tell(problem: Problem, _subjects: Subjects) -> Told:
        return Told(
            title=str(title) % {"days": problem.facts.get("days", "")},
            words=words,
            url=reverse("settings-contracts-one", args=[problem.subject_id]),
            url_words=_("Open the contract"),
        )

    return tell


def _letter(problem: Problem, subjects: Subjects) -> Told:
    letter = subjects.letters.get(problem.subject_id)
    if letter is None:
        return Told(title=_("A mail about access to the portal could not be sent"), words="")
    return Told(
        title=_("“%(what)s”: the mail to %(address)s could not be sent")
        % {"what": LetterKind(letter.kind).label, "address": letter.address},
        words=_("It is for %(company)s. It was tried eight times. Is the address right?")
        % {"company": letter.company.name},
        again=_("Try again"),
        end=_("Discard"),
    )


def _report_mail(problem: Problem, subjects: Subjects) -> Told:
    """Say whose mail it is; what a report is called is told to those who see it only."""
    mail = subjects.report_mails.get(problem.subject_id)
    if mail is None:
        return Told(title=_("A mail of a report could not be sent"), words="")
    days = (mail.first, mail.until - timedelta(days=1))
    first, last = (date_format(day, "SHORT_DATE_FORMAT") for day in days)
    return Told(
        title=_("A report: the mail to %(address)s could not be sent")
        % {"address": mail.mailing.user.email},
        words=_(
            "It is of the days %(first)s to %(last)s. It was tried eight times; the log says why."
            " Is the address right?"
        )
        % {"first": first, "last": last},
        again=_("Try again"),
        end=_("Discard"),
    )


TELLINGS: dict[str, Telling] = {
    "contract_ends": _contract(
        gettext_lazy("A contract ends, days left: %(days)s"),
        gettext_lazy("Renew it, or let it end."),
    ),
    "contract_not_renewed": _contract(
        gettext_lazy("A contract could not be renewed"),
        gettext_lazy("Another one stands in its way, or it has a draft that is not complete."),
    ),
    "rules-loop": _rules,
    "intake-quarantined": _quarantined,
    "intake-late": _late,
    "mail-loop": _loop,
    "channel-receiving": _channel(gettext_lazy("“%(channel)s” does not receive")),
    "channel-sending": _channel(gettext_lazy("“%(channel)s” does not send")),
    "delivery-refused": _delivery(gettext_lazy("An answer to %(address)s was refused")),
    "delivery-returned": _delivery(gettext_lazy("An answer to %(address)s came back")),
    "job-failed": _job,
    "subscriber-failed": _subscriber,
    "journal-held": _held,
    "webhook-failing": _webhook,
    LETTERS.problem: _letter,
    MAILS.problem: _report_mail,
}
