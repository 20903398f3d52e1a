"""Webhooks: which entries of the journal can be told outside, and whose brand they are of."""

from collections.abc import Collection, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.journal import Event
from ambidesk.parties.people import events as people
from ambidesk.relation.feedback.events import FeedbackRated
from ambidesk.service.sla.events import PromiseWarned
from ambidesk.support.tickets import events as tickets
from ambidesk.support.tickets.models import Ticket

TOLD: tuple[tuple[type[Event], str | Promise], ...] = (
    (tickets.TicketOpened, _("A ticket is opened")),
    (tickets.MessageFiled, _("The other side writes")),
    (tickets.TicketAnswered, _("We answer")),
    (tickets.NoteWritten, _("A note is written")),
    (tickets.TicketAssigned, _("Somebody else is in charge")),
    (tickets.StateChanged, _("The state is set")),
    (tickets.TicketPrioritised, _("The priority is set")),
    (tickets.TicketDescribed, _("Subject or category is set")),
    (tickets.TicketConverted, _("The type is set")),
    (tickets.TicketAttributed, _("Company or site is set")),
    (tickets.TagsChanged, _("Tags are put on or taken off")),
    (tickets.TicketsRegrouped, _("Tickets are merged, split or moved")),
    (tickets.DeliveryFailed, _("An answer does not arrive")),
    (tickets.TicketEscalated, _("A ticket comes to another line")),
    (FeedbackRated, _("Somebody rates us")),
    (PromiseWarned, _("A promise is about to break, or breaks")),
    (people.PersonMet, _("A person is registered")),
    (people.PersonDescribed, _("A person is described")),
    (people.IdentityAdded, _("A person gets another address")),
    (people.PersonErased, _("A person is erased")),
)
KINDS: Mapping[str, str | Promise] = {event.kind: words for event, words in TOLD}


def brands_of(subject_kind: str, ids: Collection[int]) -> Mapping[int, int]:
    """Give the brands of tickets; persons belong to none."""
    if subject_kind != "ticket":
        return {}
    return dict(Ticket.objects.filter(pk__in=ids).values_list("pk", "brand_id"))
