"""The settings of a chat: the line for the site, and what the chat in the corner is fed with."""

import json
import re
from html import unescape

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.edge.web.made.settings import widget_of_shop

pytestmark = pytest.mark.django_db


def test_the_page_of_a_chat_shows_its_line_and_feeds_the_preview(cast: Cast) -> None:
    widget, client = widget_of_shop(cast), Client()
    client.force_login(cast.admin.user, settings.AUTHENTICATION_BACKENDS[0])
    page = client.get(reverse("settings-widgets-one", args=[widget.pk])).content.decode()
    assert f"data-channel=&quot;{widget.address}&quot;" in page
    fed = re.search(r'data-widget-preview="([^"]*)"', page)
    assert fed
    told = json.loads(unescape(fed[1]))
    assert told == {"brand": cast.shop.name, "brand_accent": cast.shop.accent}
    assert 'data-preview="language"' in page
    assert 'data-preview="hours"' in page
