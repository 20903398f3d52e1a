"""The stage: everybody and everything that tales name, and how what comes in is taken in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ambidesk.edge.commands.story.kinds import kinds_by_name
from ambidesk.edge.commands.story.people import Character
from ambidesk.edge.commands.story.pictures import content_of
from ambidesk.edge.commands.story.scenery import Colleague
from ambidesk.edge.commands.story.tale import Step, Tale
from ambidesk.ground.files.models import Blob
from ambidesk.ground.files.storing import store
from ambidesk.ground.kernel.journal import Origin
from ambidesk.ground.reach.actor import SYSTEM, Actor, ActorKind
from ambidesk.ground.reach.granting import actor_of
from ambidesk.parties.people.meeting import Caller, meet_many
from ambidesk.parties.people.models import Identity, IdentityKind
from ambidesk.parties.staff.models import Member
from ambidesk.service.catalogue.models import Category, Tag
from ambidesk.support.conversations.envelope import Envelope, Named
from ambidesk.support.conversations.models import Channel, ChannelKind, Message, MessageKind
from ambidesk.support.conversations.receiving import Inbound, InboundFile, receive_many
from ambidesk.support.tickets.filing import file_many
from ambidesk.support.tickets.models import Priority, Ticket
from ambidesk.support.tickets.opening import Opening, open_many

KEY = "story:"
TELLER = replace(SYSTEM, origin=Origin.DEMO)


@dataclass(kw_only=True)
class Scene:
    """One tale while it is told: its ticket, and what was said so far."""

    tale: Tale
    ticket: Ticket | None = None
    said: list[Message] = field(default_factory=list)

    @property
    def opened(self) -> Ticket:
        """The ticket of a tale that has begun."""
        if self.ticket is None:
            raise LookupError(f"the tale {self.tale.key} has no beginning")
        return self.ticket


class Stage:
    """Everybody and everything that the tales name."""

    def __init__(self) -> None:
        mail = Channel.objects.filter(kind=ChannelKind.EMAIL)
        channels = mail.select_related("brand", "team").exclude(address="")
        self.channels: Mapping[str, Channel] = {each.brand.slug: each for each in channels}
        members = Member.objects.select_related("user")
        self.members = {each.user.email: each for each in members}
        self.tags = {each.name: each for each in Tag.objects.all()}
        self._categories = {(c.brand_id, c.name): c for c in Category.objects.all()}
        self._types = kinds_by_name()
        self._blobs: dict[tuple[str, int], Blob] = {}
        self._people: dict[str, Identity] = {}
        self._actors = {
            login: replace(actor_of(member.user), origin=Origin.DEMO)
            for login, member in self.members.items()
        }

    def meet(self, tales: Sequence[Tale]) -> None:
        """Have the persons of the tales known before they speak."""
        every = [tale.who for tale in tales] + [s.who for t in tales for s in t.steps if s.who]
        new = {each.address: _caller(each) for each in every if each.address not in self._people}
        found = meet_many(new.values(), by=TELLER, at=min(tale.begins_at for tale in tales))
        self._people |= {value: identity for (_kind, value), identity in found.items()}

    def hear(self, heard: Sequence[tuple[Scene, Step]]) -> None:
        """Take in what came at once: it begins tickets, or goes on with them."""
        latest = max(step.at for _scene, step in heard)
        messages = receive_many([self._inbound(*each) for each in heard], at=latest)
        for (scene, _step), message in zip(heard, messages, strict=True):
            scene.said.append(message)
        for slug, channel in self.channels.items():
            by = Actor(kind=ActorKind.CHANNEL, id=channel.pk, origin=Origin.DEMO)
            here = [(scene, step) for scene, step in heard if scene.tale.brand == slug]
            known = [scene for scene, _step in here if scene.ticket]
            if known:
                file_many([(each.opened, each.said[-1]) for each in known], by=by, at=latest)
            new = [(scene, step) for scene, step in here if not scene.ticket]
            openings = [self.opening(scene, step) for scene, step in new]
            tickets = open_many(openings, by=by, at=latest) if new else []
            for (scene, _step), ticket in zip(new, tickets, strict=True):
                scene.ticket = ticket

    def opening(self, scene: Scene, step: Step) -> Opening:
        """How the tale's ticket begins."""
        tale, channel = scene.tale, self.channels[scene.tale.brand]
        return Opening(
            brand=channel.brand,
            requester=self._people[tale.who.address],
            subject=tale.subject,
            message=scene.said[0] if scene.said else None,
            channel=channel,
            request_type=self._types.get(tale.type),
            category=self._categories.get((channel.brand_id, tale.category)),
            priority=Priority(tale.priority),
            suspended=tale.suspended,
            assignee=self.members[tale.owner.login] if tale.owner else None,
            opened_at=step.at,
        )

    def by(self, step: Step) -> Actor:
        """Who acts in a step."""
        return self.colleague(step.by) if step.by else TELLER

    def colleague(self, who: Colleague) -> Actor:
        """Somebody of the staff, with their rights, in the story."""
        return self._actors[who.login]

    def person(self, scene: Scene, step: Step) -> Identity:
        """Whom a step is about: the tale's own person, mostly."""
        return self._people[(step.who or scene.tale.who).address]

    def ticket_of(self, key: str) -> Ticket:
        """The ticket of another tale, told already."""
        return Ticket.objects.filter(filings__message__thread__key=KEY + key).earliest("pk")

    def blob(self, name: str, *, scene: Scene) -> Blob:
        """Store a file of the story; the same one is drawn once."""
        seed = sum(map(ord, scene.tale.key)) % 4
        if (name, seed) not in self._blobs:
            self._blobs[name, seed] = store(content_of(name, seed=seed), at=scene.tale.begins_at)
        return self._blobs[name, seed]

    def _inbound(self, scene: Scene, step: Step) -> Inbound:
        tale, channel = scene.tale, self.channels[scene.tale.brand]
        who = step.who or tale.who
        before = [message.external_id for message in scene.said]
        return Inbound(
            channel=channel,
            thread_key=KEY + tale.key,
            sender=self._people[who.address],
            kind=MessageKind(step.kind),
            sender_verified=not tale.suspended,
            automatic=step.kind in {"auto_reply", "list"},
            external_id=f"{tale.key}.{len(before)}.{who.address}",
            in_reply_to=before[-1] if before else "",
            references=tuple(before[-20:]),
            envelope=Envelope(
                sender=(Named(name=who.name, address=who.address),),
                to=(Named(name=channel.brand.name, address=channel.address),),
            ),
            subject=f"Re: {tale.subject}" if before else tale.subject,
            text="\n\n".join(part for part in (step.words, step.quoted) if part),
            new_text=step.words,
            html=step.html,
            files=tuple(self._files(scene, step)),
            sent_at=step.at,
            recorded_at=step.at,
        )

    def _files(self, scene: Scene, step: Step) -> Iterable[InboundFile]:
        for name in step.files:
            yield InboundFile(blob=self.blob(name, scene=scene), name=name)
        for name in step.inline:
            blob = self.blob(name, scene=scene)
            yield InboundFile(blob=blob, name=name, content_id=name, inline=True)


def _caller(who: Character) -> Caller:
    return Caller(
        kind=IdentityKind.EMAIL,
        value=who.address,
        name=who.name,
        display=who.address,
        language=who.language,
    )
