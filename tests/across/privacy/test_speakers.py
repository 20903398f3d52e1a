"""What somebody said through a login that a department shares is taken out and erased with them."""

import io
import json
import zipfile

from ambidesk.across.privacy.erasing import erase
from ambidesk.across.privacy.exporting import export
from ambidesk.support.channels.portal.saying import Wish, Words, ask
from ambidesk.support.conversations.models import Message
from ambidesk.support.tickets.finding.messages import documents
from tests.cast import Cast
from tests.clients import make_clients
from tests.parties.authority.departments import in_department, shop_of, speaking


def test_words_of_a_speaker_are_theirs(cast: Cast) -> None:
    clients = make_clients(cast)
    shop = shop_of(clients)
    asya = in_department(clients, "Asya Abel", shop.department)
    wish = Wish(
        brand=cast.shop,
        company=clients.chain,
        site=clients.north_shop,
        request_type=None,
        words=Words(text="The lamp is broken"),
    )
    ask(wish, by=speaking(clients, shop, asya), at=cast.at)
    typed = Words(text="The door is stuck")
    ask(
        Wish(
            brand=cast.shop,
            company=clients.chain,
            site=clients.north_shop,
            request_type=None,
            words=typed,
        ),
        by=speaking(clients, shop, "The cashier"),
        at=cast.at,
    )
    spoken = Message.objects.get(text="The lamp is broken")
    (document,) = documents([spoken.pk])
    # What is found by search is forgotten by whom it is marked with.
    assert asya.person_id in document.persons
    into = io.BytesIO()
    export(asya.person, into, by=cast.actor(cast.admin), at=cast.at)
    lines = zipfile.ZipFile(into).read("messages.jsonl").splitlines()
    assert [json.loads(line)["text"] for line in lines] == ["The lamp is broken"]
    erase(asya.person, by=cast.actor(cast.admin), at=cast.at)
    assert sorted(Message.objects.values_list("text", "speaker_name")) == [
        ("", ""),
        ("The door is stuck", "The cashier"),
    ]
    erase(shop.person, by=cast.actor(cast.admin), at=cast.at)
    assert set(Message.objects.values_list("text", "speaker_name")) == {("", "")}
