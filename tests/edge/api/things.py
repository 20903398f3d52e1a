"""One of each thing that addresses of the API name, beside those of the screens."""

from django.test import Client

from ambidesk.support.tickets.models import Ticket
from tests.called_in import call_in, make_called_things
from tests.cast import Cast
from tests.edge.web.things import Things, make_things


def make_api_things(cast: Cast, olga: Client) -> Things:
    """Make one of each through the verbs."""
    things = make_things(cast, olga)
    shops = Ticket.objects.get(pk=things.everywhere["number"])
    handed, _by_route = make_called_things(call_in(cast), shops, cast.ticket("Another matter"))
    things.everywhere.update(handed)
    return things
