"""A chain whose manager calls: contract, package, debt, a freezer that fails, a service team."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

from ambidesk.across.context.card import About
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.companies.appointing import note_birthday
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import IdentityKind
from ambidesk.parties.stewards.entrusting import entrust
from ambidesk.parties.stewards.models import Duty
from ambidesk.relation.feedback.results import Given, record_given
from ambidesk.relation.feedback.surveying import Asking, set_up_survey
from ambidesk.service.assets.arranging import arrange_class, arrange_model
from ambidesk.service.assets.models import Asset
from ambidesk.service.assets.registering import Wanted, register
from ambidesk.service.assets.repairing import Done, record_repair
from ambidesk.service.contracts.owing import Owed, take_receivables
from ambidesk.service.contracts.packaging import Source, draw
from tests.cast import Cast
from tests.clients import Clients, make_clients
from tests.service.contracts import agreements

PHONE = "+78123456789"


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """Everything that the card may tell."""

    cast: Cast
    clients: Clients
    freezer: Asset

    @property
    def about(self) -> About:
        """The manager, about the freezer."""
        return About(person=self.clients.manager.person_id, asset=self.freezer.pk)


def make_circle(cast: Cast) -> Circle:
    """Agree, draw, owe, break, rate and entrust."""
    made, at = make_clients(cast), cast.at
    day = at.date()
    freezer = _freezer(made, cast)
    agreed = agreements.contract(made.chain, at, until_on=day + timedelta(days=20))
    hours = agreements.package(agreed, at)
    agreements.draft(agreed, at, agreements.LineSaid(clause="2.1", package=hours))
    agreements.activate(agreed, by=SYSTEM, at=at)
    hours.refresh_from_db()
    source = Source(kind="works.work_log", id=1)
    draw(hours, Decimal(9), on=day, source=source, by=SYSTEM, at=at)
    owed = Owed(
        company=made.chain,
        document="A-1",
        due_on=day - timedelta(days=12),
        amount=Decimal(40_000),
        open_amount=Decimal(35_000),
        currency="RUB",
    )
    take_receivables([owed], whole=True, by=SYSTEM, at=at, on=day)
    entrust(made.chain, cast.olga, duty=Duty.MANAGER, since=day, by=SYSTEM, at=at)
    birthday = (day + timedelta(days=3)).replace(year=1980)
    note_birthday(made.manager, birthday, by=SYSTEM, at=at)
    _score(cast, made)
    return Circle(cast=cast, clients=made, freezer=freezer)


def _freezer(made: Clients, cast: Cast) -> Asset:
    """It failed three times within 90 days."""
    at = cast.at
    kind = arrange_class(None, name="Freezers", by=SYSTEM, at=at)
    model = arrange_model(None, kind=kind, vendor="Frosty", name="F100", by=SYSTEM, at=at)
    wanted = Wanted(model=model, serial="SN-0042", site=made.north_shop)
    known = (at - timedelta(days=400)).date()
    freezer = register(made.chain, wanted, known_since=known, by=SYSTEM, at=at)
    for days in (80, 40, 2):
        done = Done(key=uuid4(), failed_at=at - timedelta(days=days), note="Fan replaced")
        record_repair(freezer, done, by=SYSTEM, at=at)
    return freezer


def _score(cast: Cast, made: Clients) -> None:
    """The manager was not content, and has a telephone."""
    ticket = made.ask(made.manager, "Too warm", made.north_shop)
    survey = set_up_survey(None, Asking(name="CSAT"), by=cast.actor(cast.admin), at=cast.at)
    given = Given(ticket=ticket, offered_at=cast.at, score=1, rated_at=cast.at)
    record_given(survey, [given], by=SYSTEM, at=cast.at)
    identity = meet(
        Caller(kind=IdentityKind.PHONE, value=PHONE, name="Mila"), by=SYSTEM, at=cast.at
    )
    identity.person_id = made.manager.person_id
    identity.save(update_fields=["person"])
