"""The stage: tales are told through the desk's own verbs, as history that has no effects."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from itertools import zip_longest

from ambidesk.edge.commands.story.letters import markup
from ambidesk.edge.commands.story.people import Character
from ambidesk.edge.commands.story.pictures import content_of
from ambidesk.edge.commands.story.scenery import STAFF, Colleague
from ambidesk.edge.commands.story.tale import Do, Step, Tale
from ambidesk.ground.files.models import Blob
from ambidesk.ground.files.storing import store
from ambidesk.ground.kernel.journal import Origin
from ambidesk.ground.reach.actor import SYSTEM, Actor, ActorKind
from ambidesk.ground.reach.granting import actor_of
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.people.meeting import Caller, meet_many
from ambidesk.parties.people.models import Identity, IdentityKind
from ambidesk.parties.staff.models import Member
from ambidesk.service.catalogue.models import Category, RequestType, Tag
from ambidesk.support.conversations.envelope import Envelope, Named
from ambidesk.support.conversations.models import Channel, Message, MessageKind
from ambidesk.support.conversations.receiving import Inbound, InboundFile, receive_many
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.assigning import assign
from ambidesk.support.tickets.closing import close, solve, wait
from ambidesk.support.tickets.describing import note, prioritise, tag
from ambidesk.support.tickets.filing import file_many
from ambidesk.support.tickets.models import Priority, State, Ticket
from ambidesk.support.tickets.opening import Opening, open_many
from ambidesk.support.tickets.snoozing import snooze

KEY = "story:"


@dataclass(kw_only=True)
class Scene:
    """One tale while it is told: its ticket, and what was said so far."""

    tale: Tale
    ticket: Ticket | None = None
    said: list[Message] = field(default_factory=list)


class Stage:
    """Everybody and everything that the tales name, and the telling of some of them at once."""

    def __init__(self) -> None:
        brands = {brand.slug: brand for brand in Brand.objects.all()}
        channels = Channel.objects.select_related("brand", "team").exclude(address="")
        self.brands: Mapping[str, Brand] = brands
        self.channels = {channel.brand.slug: channel for channel in channels}
        self.members = {each.user.email: each for each in Member.objects.select_related("user")}
        self.actors = {
            login: replace(actor_of(member.user), origin=Origin.DEMO)
            for login, member in self.members.items()
        }
        self.categories = {(c.brand_id, c.name): c for c in Category.objects.all()}
        self.types = {each.name: each for each in RequestType.objects.all()}
        self.tags = {each.name: each for each in Tag.objects.all()}
        self.blobs: dict[tuple[str, int], Blob] = {}
        self.people: dict[str, Identity] = {}

    def tell(self, tales: Sequence[Tale]) -> None:
        """Tell tales together, step by step: what comes in at once is taken in at once."""
        self._meet(tales)
        scenes = [Scene(tale=tale) for tale in tales]
        for row in zip_longest(*(tale.steps for tale in tales)):
            steps = [(scene, step) for scene, step in zip(scenes, row, strict=True) if step]
            self._hear([(scene, step) for scene, step in steps if step.do is Do.HEAR])
            for scene, step in steps:
                if step.do is not Do.HEAR:
                    DOING[step.do](self, scene, step)

    def by(self, step: Step) -> Actor:
        """Who acts in a step."""
        return self.actors[step.by.login] if step.by else self._system

    @cached_property
    def _system(self) -> Actor:
        return replace(SYSTEM, origin=Origin.DEMO)

    def _meet(self, tales: Sequence[Tale]) -> None:
        every = [tale.who for tale in tales] + [s.who for t in tales for s in t.steps if s.who]
        new = {each.address: each for each in every if each.address not in self.people}
        found = meet_many(
            [_caller(each) for each in new.values()], by=self._system, at=tales[0].begins_at
        )
        self.people |= {value: identity for (_kind, value), identity in found.items()}

    def _hear(self, heard: Sequence[tuple[Scene, Step]]) -> None:
        if not heard:
            return
        latest = max(step.at for _scene, step in heard)
        inbound = [self._inbound(scene, step) for scene, step in heard]
        messages = receive_many(inbound, at=latest)
        new = [
            (scene, self._opening(scene, message, step))
            for (scene, step), message in zip(heard, messages, strict=True)
            if scene.ticket is None
        ]
        going_on = [
            (scene.ticket, message)
            for (scene, _step), message in zip(heard, messages, strict=True)
            if scene.ticket
        ]
        by = self._channel_actor(heard[0][0])
        opened = open_many([opening for _scene, opening in new], by=by, at=latest) if new else []
        for (scene, _opening), ticket in zip(new, opened, strict=True):
            scene.ticket = ticket
        if going_on:
            file_many(going_on, by=by, at=latest)
        for (scene, _step), message in zip(heard, messages, strict=True):
            scene.said.append(message)

    def _channel_actor(self, scene: Scene) -> Actor:
        channel = self.channels[scene.tale.brand]
        return Actor(kind=ActorKind.CHANNEL, id=channel.pk, origin=Origin.DEMO)

    def _inbound(self, scene: Scene, step: Step) -> Inbound:
        tale, channel = scene.tale, self.channels[scene.tale.brand]
        who = step.who or tale.who
        before = [message.external_id for message in scene.said]
        named = Named(name=who.name, address=who.address)
        to = Named(name=channel.brand.name, address=channel.address)
        return Inbound(
            channel=channel,
            thread_key=KEY + tale.key,
            sender=self.people[who.address],
            kind=MessageKind(step.kind),
            sender_verified=not tale.suspended,
            automatic=step.kind != "mail",
            external_id=f"{tale.key}.{len(before)}.{who.address}",
            in_reply_to=before[-1] if before else "",
            references=tuple(before[-20:]),
            envelope=Envelope(sender=(named,), to=(to,)),
            subject=f"Re: {tale.subject}" if before else tale.subject,
            text="\n\n".join(part for part in (step.words, step.quoted) if part),
            new_text=step.words,
            html=step.html,
            files=self._files(scene, step),
            sent_at=step.at,
            recorded_at=step.at,
        )

    def _files(self, scene: Scene, step: Step) -> tuple[InboundFile, ...]:
        attached = [
            InboundFile(blob=self.blob(name, scene=scene, at=step.at), name=name)
            for name in step.files
        ]
        inline = [
            InboundFile(
                blob=self.blob(name, scene=scene, at=step.at),
                name=name,
                content_id=name,
                inline=True,
            )
            for name in step.inline
        ]
        return (*attached, *inline)

    def blob(self, name: str, *, scene: Scene, at: datetime) -> Blob:
        """Store a file of the story; the same one is drawn once."""
        seed = sum(map(ord, scene.tale.key)) % 4
        if (name, seed) not in self.blobs:
            self.blobs[name, seed] = store(content_of(name, seed=seed), at=at)
        return self.blobs[name, seed]

    def _opening(self, scene: Scene, message: Message, step: Step) -> Opening:
        tale, channel = scene.tale, self.channels[scene.tale.brand]
        return Opening(
            brand=channel.brand,
            requester=self.people[tale.who.address],
            subject=tale.subject,
            message=message,
            channel=channel,
            request_type=self.types.get(tale.type),
            category=self.categories.get((channel.brand_id, tale.category)),
            priority=Priority(tale.priority),
            suspended=tale.suspended,
            opened_at=step.at,
        )

    def answer(self, scene: Scene, step: Step) -> None:
        said = Answer(
            text=step.words,
            html=step.html or markup(step.words, ""),
            to=(self.people[(step.who or scene.tale.who).address],),
            files=tuple((self.blob(name, scene=scene, at=step.at), name) for name in step.files),
            due_at=step.at,
        )
        scene.said.append(answer(_of(scene), said, by=self.by(step), at=step.at))

    def take(self, scene: Scene, step: Step) -> None:
        colleague: Colleague = step.by or STAFF[0]
        assign(
            _of(scene),
            assignee=self.members[colleague.login],
            team=self.channels[scene.tale.brand].team,
            by=self.by(step),
            at=step.at,
        )

    def tag(self, scene: Scene, step: Step) -> None:
        wanted = [self.tags[name] for name in step.names]
        tag(_of(scene), add=wanted, by=self.by(step), at=step.at)


def _caller(who: Character) -> Caller:
    return Caller(
        kind=IdentityKind.EMAIL,
        value=who.address,
        name=who.name,
        display=who.address,
        language=who.language,
    )


def _of(scene: Scene) -> Ticket:
    if scene.ticket is None:
        raise LookupError(scene.tale.key)
    return scene.ticket


def _note(stage: Stage, scene: Scene, step: Step) -> None:
    note(_of(scene), text=step.words, by=stage.by(step), at=step.at)


def _urge(stage: Stage, scene: Scene, step: Step) -> None:
    prioritise(_of(scene), priority=Priority.URGENT, by=stage.by(step), at=step.at)


def _hold(stage: Stage, scene: Scene, step: Step) -> None:
    wait(_of(scene), State.ON_HOLD, by=stage.by(step), at=step.at)


def _await_others(stage: Stage, scene: Scene, step: Step) -> None:
    wait(_of(scene), State.WAITING_OTHER, by=stage.by(step), at=step.at)


def _snooze(stage: Stage, scene: Scene, step: Step) -> None:
    snooze(_of(scene), until=step.at + step.lasting, by=stage.by(step), at=step.at)


def _solve(stage: Stage, scene: Scene, step: Step) -> None:
    solve(_of(scene), by=stage.by(step), at=step.at)


def _close(stage: Stage, scene: Scene, step: Step) -> None:
    close(_of(scene), by=stage.by(step), at=step.at)


DOING: Mapping[Do, Callable[[Stage, Scene, Step], None]] = {
    Do.ANSWER: Stage.answer,
    Do.TAKE: Stage.take,
    Do.TAG: Stage.tag,
    Do.NOTE: _note,
    Do.URGE: _urge,
    Do.HOLD: _hold,
    Do.AWAIT_OTHERS: _await_others,
    Do.SNOOZE: _snooze,
    Do.SOLVE: _solve,
    Do.CLOSE: _close,
}
