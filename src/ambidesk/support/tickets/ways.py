"""Ways: by which channel of a brand an address is reached; one answer has one way."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.preparing import prepared
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.parties.people.models import Identity, IdentityKind
from ambidesk.support.conversations.models import Channel, ChannelKind, Participant
from ambidesk.support.tickets.models import Ticket

Asked = Sequence[tuple[Ticket, Sequence[Identity]]]


class NoChannel(Refusal):
    """There is no way to reach the requester."""

    sentence = _("This ticket has no channel to answer by. Set one up for its brand first.")


class TwoWays(InvalidInput):
    """A mail and a message in a messenger are two answers."""

    sentence = _("An answer goes by one channel. Write to the others separately.")


class OneInTalk(InvalidInput):
    """A talk in a messenger is with one person."""

    sentence = _("In a messenger an answer goes to one person.")


def kind_of(identity: Identity) -> str:
    """Name the kind of channel that reaches an address."""
    match identity.kind:
        case IdentityKind.EMAIL:
            return ChannelKind.EMAIL.value
        case IdentityKind.MESSENGER:
            return identity.value.partition(":")[0]
        case IdentityKind.VISITOR:
            return "widget"
        case _:
            return str(identity.kind)


def channel_for(ticket: Ticket, whom: Sequence[Identity]) -> Channel:
    """
    Choose the channel by which these are answered: the ticket's own, else another of its brand.

    Where none is in use the answer waits for the own one to be used again.

    Raises:
        NoChannel: the brand has none that reaches them.
        TwoWays, OneInTalk: no one answer reaches all of them.
    """
    found, refused = channels_for([(ticket, whom)])
    for refusal in refused.values():
        raise refusal
    return found[ticket.pk]


def channels_for(asked: Asked) -> tuple[Mapping[int, Channel], Mapping[int, Refusal]]:
    """Choose the channels of many answers; give them and the refusals by ticket."""
    refused = {ticket.pk: no for ticket, whom in asked if (no := _unreachable(whom))}
    sound = [(ticket, whom) for ticket, whom in asked if ticket.pk not in refused]
    channels = _Channels(sound)
    chosen = {ticket.pk: channels.choose(ticket, whom) for ticket, whom in sound}
    refused |= {number: NoChannel() for number, channel in chosen.items() if channel is None}
    return {number: channel for number, channel in chosen.items() if channel}, refused


def _unreachable(whom: Sequence[Identity]) -> Refusal | None:
    kinds = {kind_of(each) for each in whom}
    if len(kinds) != 1:
        return TwoWays(field="to") if kinds else NoChannel()
    is_talk = ChannelKind.EMAIL not in kinds
    return OneInTalk(field="to") if is_talk and len(whom) > 1 else None


@dataclass(slots=True, init=False)
class _Channels:
    """The channels that many answers may go by: one question, three where an own one is not it."""

    own: Mapping[int, Channel]
    first: dict[tuple[int, str], Channel]
    talked: dict[tuple[int, int, str], Channel]

    def __init__(self, asked: Asked) -> None:
        self.own = _channels({each.channel_id or 0 for each, _whom in asked})
        self.first, self.talked = {}, {}
        if not all(own and own.enabled for own in (self._own(*each) for each in asked)):
            self._look_further(asked)

    def choose(self, ticket: Ticket, whom: Sequence[Identity]) -> Channel | None:
        own = self._own(ticket, whom)
        if own and own.enabled:
            return own
        kind = kind_of(whom[0])
        talked = self.talked.get((whom[0].pk, ticket.brand_id, kind))
        return talked or self.first.get((ticket.brand_id, kind)) or own

    def _own(self, ticket: Ticket, whom: Sequence[Identity]) -> Channel | None:
        """The ticket's own, where it is of the kind that reaches these."""
        kind = kind_of(whom[0])
        own = self.own.get(ticket.channel_id or 0)
        is_silent = kind == ChannelKind.EMAIL and own is not None and not own.address
        # Whoever filled in a form is a visitor too; what is said to them there goes by mail.
        is_form = kind == ChannelKind.WIDGET and own is not None and own.kind == ChannelKind.FORM
        return own if own and (own.kind == kind or is_form) and not is_silent else None

    def _look_further(self, asked: Asked) -> None:
        brands = {each.brand_id for each, _whom in asked}
        usable = Channel.objects.filter(brand__in=brands, enabled=True).order_by("pk")
        for channel in usable:
            if channel.address or channel.kind != ChannelKind.EMAIL:
                self.first.setdefault((channel.brand_id, channel.kind), channel)
        people = [each for _ticket, whom in asked for each in whom if not _is_mail(each)]
        if people:
            known = {channel.pk: channel for channel in usable}
            self._note_talks(people, known)

    def _note_talks(self, people: Sequence[Identity], known: Mapping[int, Channel]) -> None:
        """A bot reaches only who came to it: where each spoke last."""
        rows = Participant.objects.filter(identity__in=people, thread__channel__in=known)
        for identity, number in rows.order_by("thread").values_list("identity", "thread__channel"):
            channel = known[number]
            self.talked[identity, channel.brand_id, channel.kind] = channel


def _channels(numbers: Collection[int]) -> Mapping[int, Channel]:
    if len(numbers) != 1:
        return Channel.objects.in_bulk(numbers)
    (number,) = numbers
    rows: list[Channel] = prepared(
        "channel", lambda slots: Channel.objects.filter(pk=slots["number"]), number=number
    )
    return {row.pk: row for row in rows}


def _is_mail(identity: Identity) -> bool:
    return identity.kind == IdentityKind.EMAIL
