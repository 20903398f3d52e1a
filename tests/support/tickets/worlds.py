"""Worlds: the rows that drawn tickets and conditions point at, and the words they speak."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.companies.placing import add
from ambidesk.parties.companies.registering import Place, Profile, open_sites, register
from ambidesk.relation.feedback.models import Survey
from ambidesk.service.catalogue.models import Category, RequestType, Tag
from ambidesk.support.conversations.models import Thread
from ambidesk.support.tickets.fields import asker_of
from tests.cast import Cast
from tests.support.tickets.filled import CUSTOM, defined

MOMENT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

# Letters that trip comparisons: wild cards, escapes, quotes, cases that are not one to one.
HARD = "aAbБбёЁİıIßẞΣσςǅǆ%_\\'\"$ @.ﬁ😀"
KNOWN = st.characters(exclude_categories=("Cs", "Cn", "Co"), exclude_characters="\x00")
WORDS = (
    st.text(HARD, max_size=5) | st.text(KNOWN, max_size=4) | st.sampled_from(["", "a@b.c", "A@B"])
)
SPANS = st.builds(
    lambda hours, micros: timedelta(hours=hours, microseconds=micros),
    st.sampled_from([-48, -24, -3, -1, 0, 1, 3, 24, 48]),
    st.sampled_from([-1, 0, 1]),
)
INSTANTS = SPANS.map(lambda span: MOMENT + span)


class World:
    """Rows that references may point at, and what is drawn about them."""

    conditions: st.SearchStrategy[dict[str, object]]
    rows: st.SearchStrategy[dict[str, object]]

    def __init__(self, cast: Cast) -> None:
        first = Category.objects.create(name="Repair")
        second = Category.objects.create(name="Doors", parent=first)
        third = Category.objects.create(name="Locks", parent=second)
        self.kept: dict[object, st.SearchStrategy[dict[str, object]]] = {}
        self.ids: dict[str, list[int]] = {
            "brand": [cast.shop.pk, cast.lifts.pk],
            "team": [cast.shop_team.pk, cast.lift_team.pk],
            "assignee": [cast.olga.pk, cast.ivan.pk, cast.lev.pk],
            "category": [first.pk, second.pk, third.pk, Category.objects.create(name="Bills").pk],
            "request_type": [RequestType.objects.create(name=name).pk for name in "ABC"],
            "channel": [cast.shop_mail.pk, cast.lift_mail.pk],
            "tags": [Tag.objects.create(name=name).pk for name in ("vip", "late", "loud")],
        }
        self._settle(cast)
        self.thread = Thread.objects.create(channel=cast.shop_mail, key="drawn", begun_at=MOMENT)
        self.survey = Survey.objects.create(name="Drawn")
        self.custom = {kind: defined(kind) for kind in CUSTOM}
        for row in self.custom.values():
            self.ids[row.spec.name] = [each.id for each in row.spec.options]
        self.askers = [
            asker_of(cast.actor(who), at=MOMENT) for who in (cast.olga, cast.lev, cast.admin)
        ]

    def _settle(self, cast: Cast) -> None:
        """Two companies; a branch of three areas, one beside it, and sites in some of them."""
        profiles = [Profile(name=name) for name in ("Chain", "Other")]
        first, second = [register(None, each, by=SYSTEM, at=cast.at) for each in profiles]
        north = add(first, "North", by=SYSTEM, at=cast.at)
        city = add(first, "City", below=north, by=SYSTEM, at=cast.at)
        district = add(first, "District", below=city, by=SYSTEM, at=cast.at)
        south = add(first, "South", by=SYSTEM, at=cast.at)
        areas = [Place(name="Shop", territory=each) for each in (north, district, south, None)]
        sites = open_sites(first, areas, by=SYSTEM, at=cast.at)
        self.ids["company"] = [first.pk, second.pk]
        self.ids["territory"] = [north.pk, city.pk, district.pk, south.pk]
        self.places = [
            {"company_id": None},
            {"company_id": second.pk},
            *({"company_id": first.pk, "site_id": site.pk} for site in sites),
        ]
