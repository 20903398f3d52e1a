"""Two contractors with their people, beside the standing cast and its clients."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from ambidesk.ground.reach.actor import SYSTEM, Actor
from ambidesk.ground.reach.models import User
from ambidesk.parties.authority.entering import entering
from ambidesk.parties.authority.granting import Terms as Allowed
from ambidesk.parties.authority.granting import grant_authority
from ambidesk.parties.authority.inviting import invite
from ambidesk.parties.authority.rules.power import Power
from ambidesk.parties.authority.rules.scope import ScopeKind
from ambidesk.parties.companies.appointing import appoint
from ambidesk.parties.companies.models import Company, Contact
from ambidesk.parties.companies.registering import Profile, register
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import IdentityKind
from ambidesk.parties.staff.admitting import take_link
from ambidesk.service.contractors.engaging import Terms, engage
from ambidesk.service.contractors.models import Contractor
from ambidesk.support.handovers.models import HandoverFile
from ambidesk.support.handovers.offering import Task, offer
from ambidesk.support.handovers.speaking import Words
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast

COLD_WORD, LIFT_WORD = "canarycold", "canarylift"
PASSWORD = "correct horse battery staple"
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledIn:
    """Two contractors, each with somebody who does what is handed over."""

    cast: Cast
    cold: Contractor
    lift: Contractor
    fitter: Contact
    rival: Contact

    def user(self, contact: Contact) -> User:
        """The account of a contact, invited and with a password."""
        known = User.objects.filter(account__person=contact.person_id).first()
        if known is None:
            token = invite(contact, by=SYSTEM, at=self.cast.at)
            known = take_link(token, PASSWORD, at=self.cast.at)
        return known

    def actor(self, contact: Contact) -> Actor:
        """The contact, acting."""
        return entering(self.user(contact), at=self.cast.at)


def call_in(cast: Cast) -> CalledIn:
    """Engage both, and let their people in."""
    cold = _engaged(cast, f"Cold {COLD_WORD}")
    lift = _engaged(cast, f"Lift {LIFT_WORD}")
    return CalledIn(
        cast=cast,
        cold=cold,
        lift=lift,
        fitter=_worker(cast, cold.company, "Fedor Fitter"),
        rival=_worker(cast, lift.company, "Roma Rival"),
    )


def make_called_things(
    called: CalledIn, ticket: Ticket, theirs: Ticket
) -> tuple[dict[str, object], dict[str, object]]:
    """What is handed over of a ticket of the shop's, and of the chain's: everywhere, by route."""
    made = []
    # For whom one writes to by mail somebody of ours notes the answers.
    for each, to in ((ticket, _by_mail(called.cast)), (theirs, called.cold)):
        words = Words(text="Third row", files=(("map.txt", b"third row"),))
        task = Task(what=f"Look at it {COLD_WORD}", words=words)
        made.append(offer(each, task, to=to, by=SYSTEM, at=called.cast.at))
    keys = [HandoverFile.objects.get(word__handover=row).key for row in made]
    one = ("", "-acceptance", "-line", "-refusal", "-return", "-result")
    by_route: dict[str, object] = {f"portal-handover{each}": made[1].pk for each in one}
    nouns = ("settings-contractors-one", "settings-contractors-archive")
    return {"handover": made[0].pk, "handed": keys[0], "contractor": called.cold.pk}, {
        **by_route,
        "portal-work-file": keys[1],
        **dict.fromkeys(nouns, called.cold.pk),
    }


def _engaged(cast: Cast, name: str) -> Contractor:
    company = register(None, Profile(name=name), by=SYSTEM, at=cast.at)
    terms = Terms(work_for=4 * HOUR, margin=HOUR, rate=Decimal(1500))
    return engage(company, terms, by=SYSTEM, at=cast.at)


def _by_mail(cast: Cast) -> Contractor:
    company = register(None, Profile(name="Compressors"), by=SYSTEM, at=cast.at)
    terms = Terms(work_for=48 * HOUR, margin=HOUR, email="rma@works.example")
    return engage(company, terms, by=SYSTEM, at=cast.at)


def _worker(cast: Cast, company: Company, name: str) -> Contact:
    address = f"{name.split(maxsplit=1)[0].lower()}@called{company.pk}.example"
    caller = Caller(kind=IdentityKind.EMAIL, value=address, name=name, is_verified=True)
    person = meet(caller, by=SYSTEM, at=cast.at).person
    contact = appoint(company, person, since=cast.at.date(), by=SYSTEM, at=cast.at)
    allowed = Allowed(scope=ScopeKind.OWN, powers=frozenset({Power.PERFORM}))
    grant_authority(contact, allowed, by=SYSTEM, at=cast.at)
    return contact
