"""A widget of the shop, and somebody who visits it."""

import pytest

from ambidesk.support.channels.widget.connecting import Widget, connect_widget
from ambidesk.support.channels.widget.manner import Manner
from ambidesk.support.channels.widget.models import Visitor
from ambidesk.support.channels.widget.visiting import Guest, begin
from ambidesk.support.conversations.models import Channel
from tests.cast import Cast

SITE = "https://polka.example"


@pytest.fixture
def widget(cast: Cast) -> Channel:
    """The chat on the shop's site."""
    wanted = Widget(
        brand=cast.shop, team=cast.shop_team, name="Chat", manner=Manner(origins=(SITE,))
    )
    return connect_widget(None, wanted, by=cast.actor(cast.admin), at=cast.at)


@pytest.fixture
def visitor(cast: Cast, widget: Channel) -> Visitor:
    """A guest with a name."""
    return begin(widget, Guest(name="Vera"), at=cast.at)[0]
