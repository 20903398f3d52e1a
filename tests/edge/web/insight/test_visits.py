"""Who read and did not write stands on the page of figures, and each visit in its list."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ambidesk.parties.brands.models import Brand
from ambidesk.support.knowledge.models import Door
from ambidesk.support.knowledge.reading import Reader, ask, open_article
from tests.cast import Cast, hired, make_cast
from tests.support.knowledge.articles import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db: None) -> Cast:
    """Three read two days ago, one of them wrote; somebody reads today; one read of the lifts."""
    cast = make_cast(datetime.now(UTC) - timedelta(days=2))
    shop, lift = (
        published(cast, title, brand=brand)
        for title, brand in (("Return a parcel", cast.shop), ("Stuck in a lift", cast.lifts))
    )

    def reads(name: str, row: object, brand: Brand, *, days: int = 0) -> Reader:
        reader = Reader(token=name * 43, brand=brand, language="en")
        at = cast.at + timedelta(days=days, minutes=-5)
        open_article(row.article, reader, door=Door.WIDGET, at=at)  # type: ignore[attr-defined]
        return reader

    readers = [reads(name, shop, cast.shop) for name in "abc"]
    reads("d", shop, cast.shop, days=2)
    reads("e", lift, cast.lifts)
    ask(readers[0], at=cast.at + timedelta(hours=2))
    return cast


def page(desk: Cast, path: str, role: str = "team_lead") -> str:
    client = Client(headers={"accept-language": "en"})
    client.force_login(hired(f"Lena {path}", role, desk.shop_team, at=desk.at).user)
    return str(client.get(reverse("figures") + path).content.decode())


def test_the_share_stands_there_and_opens_its_list(desk: Cast) -> None:
    shown = page(desk, "")
    assert "Read and did not write" in shown
    assert "67 %" in shown
    assert "visits=spared" in shown


@pytest.mark.parametrize("kind, number", [("all", 3), ("spared", 2), ("asked", 1)])
def test_each_visit_of_ones_own_brands_whose_day_is_over_is_listed(
    desk: Cast, kind: str, number: int
) -> None:
    shown = page(desk, f"visits?visits={kind}")
    assert shown.count("Return a parcel") == number
    assert "Stuck in a lift" not in shown
    assert shown.count("wrote after 2 h") == (kind != "spared")


def test_who_reads_has_no_team_yet(desk: Cast) -> None:
    assert "Read and did not write" not in page(desk, f"?team={desk.shop_team.pk}")
