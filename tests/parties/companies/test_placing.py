"""Areas hang in a company's own tree, and sites are found by whole branches of it."""

import pytest
from django.db import IntegrityError, transaction

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.companies import appointing, placing, registering
from ambidesk.parties.companies.models import Company, Site, Territory
from ambidesk.parties.companies.registering import Place, Profile
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def chain(cast: Cast, name: str = "Chain") -> Company:
    return registering.register(None, Profile(name=name), by=SYSTEM, at=cast.at)


def grow(cast: Cast, company: Company, *names: str) -> list[Territory]:
    """A branch of areas, each below the one before."""
    made: list[Territory] = []
    for name in names:
        below = made[-1] if made else None
        made.append(placing.add(company, name, below=below, by=SYSTEM, at=cast.at))
    return made


def test_a_branch_gives_the_sites_of_all_areas_below_it(cast: Cast) -> None:
    company = chain(cast)
    north, city, district = grow(cast, company, "North", "City", "District")
    (south,) = grow(cast, company, "South")
    places = [
        Place(name=f"Shop in {each.name}", territory=each) for each in (city, district, south)
    ]
    registering.open_sites(company, places, by=SYSTEM, at=cast.at)

    assert {site.name for site in Site.objects.below(north)} == {"Shop in City", "Shop in District"}
    assert [site.name for site in Site.objects.below(south)] == ["Shop in South"]


def test_a_moved_area_takes_all_below_it_along(cast: Cast) -> None:
    company = chain(cast)
    north, city, district = grow(cast, company, "North", "City", "District")
    (south,) = grow(cast, company, "South")
    shop = registering.open_site(
        company, Place(name="Shop", territory=district), by=SYSTEM, at=cast.at
    )

    placing.move(city, below=south, by=SYSTEM, at=cast.at)

    assert list(Site.objects.below(south)) == [shop]
    assert not Site.objects.below(north).exists()
    district.refresh_from_db()
    assert district.path == f"{south.pk}.{city.pk}.{district.pk}"


def test_an_area_is_not_moved_below_itself(cast: Cast) -> None:
    company = chain(cast)
    north, _city, district = grow(cast, company, "North", "City", "District")
    with pytest.raises(placing.TerritoryBelowItself):
        placing.move(north, below=district, by=SYSTEM, at=cast.at)


def test_nothing_of_one_company_hangs_in_another(cast: Cast) -> None:
    company, other = chain(cast), chain(cast, "Other")
    (north,) = grow(cast, company, "North")
    with pytest.raises(registering.ForeignTerritory):
        registering.open_site(other, Place(name="Shop", territory=north), by=SYSTEM, at=cast.at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Site.objects.create(company=other, territory=north, name="Shop")


def test_a_person_may_speak_for_several_companies_but_once_for_each(cast: Cast) -> None:
    company, other = chain(cast), chain(cast, "Other")
    person, day = cast.anna.person, cast.at.date()
    first = appointing.appoint(company, person, since=day, by=SYSTEM, at=cast.at)
    second = appointing.appoint(other, person, since=day, by=SYSTEM, at=cast.at)

    assert {each.company for each in person.contacts.on(day)} == {company, other}
    assert (first.speaks_on(day), second.speaks_on(day)) == (True, True)
    with pytest.raises(appointing.AlreadyContact):
        appointing.appoint(company, person, since=day, by=SYSTEM, at=cast.at)
