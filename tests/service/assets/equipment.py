"""A company with two shops and the refrigerators in them, built through the verbs."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.companies import registering as companies
from ambidesk.parties.companies.models import Company, Site
from ambidesk.parties.companies.registering import Place, Profile
from ambidesk.service.assets import arranging, registering
from ambidesk.service.assets.models import Asset, AssetClass, AssetModel, Repair
from ambidesk.service.assets.registering import Wanted
from ambidesk.service.assets.repairing import Done, record_repair


@dataclass(frozen=True, slots=True, kw_only=True)
class Equipment:
    """Whose it is, where it may stand, and of which models it is."""

    chain: Company
    other: Company
    north: Site
    south: Site
    foreign: Site
    kind: AssetClass
    frosty: AssetModel
    polar: AssetModel
    at: datetime

    def asset(self, serial: str = "F-1", **said: object) -> Asset:
        """A refrigerator of the chain in its northern shop, or as said."""
        company = said.pop("company", self.chain)
        known = said.pop("known_since", date(2025, 1, 1))
        values = {"model": self.frosty, "site": self.north, **said}
        wanted = Wanted(serial=serial, **values)  # type: ignore[arg-type]
        return registering.register(company, wanted, known_since=known, by=SYSTEM, at=self.at)  # type: ignore[arg-type]

    def failure(self, asset: Asset, day: date = date(2025, 6, 1), **said: object) -> Repair:
        """A failure of an asset on a day."""
        failed_at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        done = Done(key=uuid4(), failed_at=failed_at, **said)  # type: ignore[arg-type]
        return record_repair(asset, done, by=SYSTEM, at=self.at + timedelta(hours=1))


def make_equipment(at: datetime) -> Equipment:
    """Build it."""

    def company(name: str) -> Company:
        return companies.register(None, Profile(name=name), by=SYSTEM, at=at)

    def site(of: Company, name: str) -> Site:
        return companies.open_site(of, Place(name=name), by=SYSTEM, at=at)

    chain, other = company("Chain"), company("Rival")
    kind = arranging.arrange_class(None, name="Refrigerators", by=SYSTEM, at=at)

    def model(vendor: str, name: str) -> AssetModel:
        return arranging.arrange_model(None, kind=kind, vendor=vendor, name=name, by=SYSTEM, at=at)

    return Equipment(
        chain=chain,
        other=other,
        north=site(chain, "North"),
        south=site(chain, "South"),
        foreign=site(other, "Abroad"),
        kind=kind,
        frosty=model("Frosty", "F100"),
        polar=model("Polar", "P200"),
        at=at,
    )
