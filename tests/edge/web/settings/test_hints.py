"""The six hints of a service desk are built in the editor, and stand on the card and nowhere else."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from ambidesk.across.context.models import Hint
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.people.models import Identity
from ambidesk.support.tickets.attributing import attribute
from ambidesk.support.tickets.equipping import equip
from tests.across.context.circle import make_circle
from tests.cast import Cast

pytestmark = pytest.mark.django_db
SIX = (
    ("Ends", "contract_days", "at_most", 20, "{{contract}} ends in {{contract_days}} days"),
    ("Third", "asset_failures", "at_least", 3, "{{asset}} failed {{asset_failures}} times"),
    ("Owes", "debt", "more", 0, "{{debt}} overdue"),
    ("Birthday", "birthday_in", "at_most", 7, "Birthday in {{birthday_in}} days"),
    ("Score", "last_score_was_bad", "is", True, "Gave {{last_score}}"),
    ("Package", "package_used", "at_least", 80, "{{package}}: {{package_used}} %"),
)


def write(client: Client, name: str, condition: object, words: str) -> int:
    body = {
        "name": name,
        "condition": json.dumps(condition),
        "words": words,
        "look": "warning",
        "place": 10,
    }
    return client.post(reverse("settings-hints-new"), body).status_code


def test_six_hints_are_built_in_the_editor_and_read_beside_the_ticket(
    client: Client, cast: Cast
) -> None:
    # Screens tell of today.
    cast = replace(cast, at=datetime.now(UTC))
    circle = make_circle(cast)
    client.force_login(cast.admin.user)
    for name, field, operator, value, words in SIX:
        asked = {"field": field, "operator": operator, "value": value}
        assert write(client, name, {"all": [asked]}, words) == 303
    sender = Identity.objects.filter(person=circle.clients.manager.person_id).earliest("pk")
    ticket = cast.ticket("Warm again", sender=sender)
    attribute(
        ticket,
        company=circle.clients.chain,
        site=circle.clients.north_shop,
        by=SYSTEM,
        at=cast.at,
    )
    equip(ticket, circle.freezer, by=SYSTEM, at=cast.at)

    client.force_login(cast.olga.user)
    page = client.get(reverse("ticket-context", args=[ticket.number])).content.decode()

    assert len(re.findall('class="hint"', page)) == len(SIX)
    assert "12/26 ends in 20 days" in page
    assert "Frosty F100 SN-0042 failed 3 times" in page
    assert "Hours: 90 %" in page
    other = cast.ticket("Private")
    page = client.get(reverse("ticket-context", args=[other.number])).content.decode()
    assert 'class="hint"' not in page


def test_words_ask_for_what_there_is_and_conditions_too(client: Client, cast: Cast) -> None:
    client.force_login(cast.admin.user)
    asked = {"all": [{"field": "debt", "operator": "more", "value": 0}]}
    assert write(client, "Odd", asked, "{{secret_key}}") == 422
    wrong = {"all": [{"field": "subject", "operator": "is", "value": "x"}]}
    assert write(client, "Odd", wrong, "Odd") == 422
    assert not Hint.objects.exists()
