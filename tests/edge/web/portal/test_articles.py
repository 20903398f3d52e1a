"""Articles in the portal: about one's own equipment first, and only what a client may read."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ambidesk.service.assets.models import Asset
from ambidesk.service.contracts.models import Contract
from ambidesk.support.knowledge.linking import Links, link
from ambidesk.support.knowledge.models import Audience, Translation
from ambidesk.support.knowledge.writing import Text, keep_file, save_draft
from tests.cast import Cast
from tests.clients import PICTURE, Clients, make_clients
from tests.edge.web.conftest import Enter
from tests.service.assets.equipment import Equipment, make_equipment
from tests.service.contracts.agreements import in_force
from tests.support.knowledge.articles import in_russian, out, published, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def clients(cast: Cast) -> Clients:
    """Two companies, both served by the shop."""
    made = make_clients(cast)
    made.ask(made.director, "Hello", made.north_shop)
    made.ask(made.owner, "Hello", made.house_site)
    return made


@pytest.fixture
def equipment(clients: Clients) -> Equipment:
    """A refrigerator in the chain's shop of the north."""
    made = make_equipment(clients.cast.at)
    row = made.asset()
    Asset.objects.filter(pk=row.pk).update(company=clients.chain, site=clients.north_shop)
    return made


def about(clients: Clients, row: Translation, **said: object) -> Translation:
    cast = clients.cast
    link(row.article, Links(**said), by=cast.actor(cast.admin), at=cast.at)  # type: ignore[arg-type]
    return row


def test_what_is_about_own_equipment_stands_first_and_with_the_thing(
    clients: Clients, equipment: Equipment, enter: Enter
) -> None:
    cast = clients.cast
    published(cast, "Opening hours")
    about(clients, published(cast, "Defrost a Frosty"), models=[equipment.frosty])
    about(clients, published(cast, "Carry a Polar"), models=[equipment.polar])
    browser = enter(clients.user(clients.shopkeeper))
    page = browser.get("/portal/articles/").content.decode()
    own, others = page.split("Other articles")
    assert "For your equipment" in own
    assert "Defrost a Frosty" in own
    assert "Carry a Polar" in others
    assert "Opening hours" in others
    asset = browser.get(f"/portal/equipment/{Asset.objects.get().pk}/").content.decode()
    assert "Defrost a Frosty" in asset
    assert "Polar" not in asset
    # Who has no such thing has no such heading.
    page = enter(clients.user(clients.owner)).get("/portal/articles/").content.decode()
    assert "For your equipment" not in page
    assert "Defrost a Frosty" in page


def test_an_article_of_a_contract_is_read_found_and_shown_by_its_clients_only(
    clients: Clients, equipment: Equipment, enter: Enter
) -> None:
    cast = clients.cast
    by, at = cast.actor(cast.admin), cast.at
    row = written(cast, "Night defrosting", audience=Audience.CLIENTS)
    kept = keep_file(row.article, PICTURE, name="valve.png", by=by, at=at)
    text = Text(title=row.title, body=f"Turn the **valve**.\n\n![Valve](file:{kept.key})")
    row = out(cast, save_draft(row, text, base=row.version, by=by, at=at))
    about(
        clients,
        row,
        models=[equipment.frosty],
        contracts=[in_force(clients.chain, at, until_on=None)],
    )
    article, picture = f"/portal/articles/{row.article_id}/", f"/portal/articles/files/{kept.key}"
    browser = enter(clients.user(clients.director))
    for address in ("/portal/articles/", "/portal/articles/?q=valve", "/portal/search/?q=valve"):
        assert "Night defrosting" in browser.get(address).content.decode()
    shown = browser.get(article).content.decode()
    assert "<strong>valve</strong>" in shown
    assert f'src="{picture}"' in shown
    answer = browser.get(picture)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert "private" in answer["Cache-Control"]
    other = enter(clients.user(clients.owner))
    for address in ("/portal/articles/", "/portal/articles/?q=valve", "/portal/search/?q=valve"):
        assert "Night defrosting" not in other.get(address).content.decode()
    assert {other.get(each).status_code for each in (article, picture)} == {404}


def test_staff_drafts_and_other_brands_have_no_articles_here(
    clients: Clients, enter: Enter
) -> None:
    cast = clients.cast
    hidden = [
        published(cast, "Secret of staff", audience=Audience.STAFF),
        written(cast, "Secret draft", audience=Audience.CLIENTS),
        published(cast, "Secret of lifts", brand=cast.lifts),
    ]
    browser = enter(clients.user(clients.director))
    for address in ("/portal/articles/", "/portal/articles/?q=secret", "/portal/search/?q=secret"):
        assert "Secret" not in browser.get(address).content.decode()
    for row in hidden:
        assert browser.get(f"/portal/articles/{row.article_id}/").status_code == 404


def test_an_article_is_read_in_ones_own_language_or_in_the_other(
    clients: Clients, enter: Enter
) -> None:
    english = published(clients.cast)
    russian = in_russian(clients.cast, english)
    browser = enter(clients.user(clients.director))
    address = f"/portal/articles/{english.article_id}/"
    assert english.title in browser.get(address).content.decode()
    assert russian.title in browser.get(f"{address}?language=ru").content.decode()
    assert english.title in browser.get(f"{address}?language=xx").content.decode()


def test_more_articles_and_equipment_are_no_more_questions(
    clients: Clients, equipment: Equipment, enter: Enter
) -> None:
    cast = clients.cast
    browser = enter(clients.user(clients.director))
    counted = []
    for number in range(3):
        about(clients, published(cast, f"Frosty {number}"), models=[equipment.frosty])
        published(cast, f"Other {number}")
        row = equipment.asset(serial=f"N-{number}", model=equipment.polar)
        Asset.objects.filter(pk=row.pk).update(company=clients.chain, site=clients.north_shop)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get("/portal/articles/").status_code == 200
        # What is remembered for some seconds, such as hosts, is asked now and then.
        counted.append(sum("knowledge_" in q["sql"] or "assets_" in q["sql"] for q in asked))
    assert counted[1] == counted[2]


def test_when_the_contract_ends_its_articles_are_gone(clients: Clients, enter: Enter) -> None:
    row = published(clients.cast, "Of the contract", audience=Audience.CLIENTS)
    contract = in_force(clients.chain, clients.cast.at, until_on=None)
    about(clients, row, contracts=[contract])
    browser = enter(clients.user(clients.director))
    address = f"/portal/articles/{row.article_id}/"
    assert browser.get(address).status_code == 200
    ended = contract.starts_on + timedelta(days=1)
    Contract.objects.filter(pk=contract.pk).update(until_on=ended)
    assert browser.get(address).status_code == 404
