"""Reading: a letter comes out of the rows of one message, for all of its deliveries."""

from collections.abc import Iterable

from ambidesk.ground.files import storing
from ambidesk.ground.files.models import Blob
from ambidesk.parties.people.models import Identity
from ambidesk.parties.people.normalising import NotAnAddress, normal_email
from ambidesk.support.channels.mail.composing.gathering import Beside
from ambidesk.support.channels.mail.composing.headers import ADDRESS
from ambidesk.support.channels.mail.composing.letter import (
    CannotBeWritten,
    File,
    Letter,
    Mailbox,
    Manager,
    Quote,
)
from ambidesk.support.channels.mail.habits import SpeaksAs, habits_of
from ambidesk.support.conversations.envelope import Envelope
from ambidesk.support.conversations.models import (
    Attachment,
    Channel,
    Delivery,
    Direction,
    Message,
)
from ambidesk.support.conversations.models.delivery import RecipientRole
from ambidesk.support.conversations.wording import worded
from ambidesk.support.desk.phrasing import fill
from ambidesk.support.tickets.managing import introduction

LARGEST_FACE = 60_000


def letter_of(message: Message, *, channel: Channel, beside: Beside) -> Letter:
    """
    Write the letter of a message from what was gathered beside it.

    Raises:
        CannotBeWritten: a recipient has no address, or a file is gone.
        BrokenAccount: the channel's settings are not understood.
    """
    deliveries = beside.deliveries.get(message.pk, ())
    words = worded(message)
    return Letter(
        sender=Mailbox(name=_speaker(message, channel), address=channel.address),
        to=_named(deliveries, RecipientRole.TO, nameless=message.automatic),
        cc=_named(deliveries, RecipientRole.CC, nameless=message.automatic),
        message_id=message.external_id,
        in_reply_to=message.in_reply_to,
        references=tuple(message.references),
        subject=message.subject,
        text=words.text,
        html=words.html,
        signature=_signature(message, channel),
        manager=_manager(message, channel, beside),
        quote=_quote(message, channel, deliveries, beside),
        files=tuple(map(_file, beside.attachments.get(message.pk, ()))),
        is_automatic=message.automatic,
        unsubscribe=words.unsubscribe,
        language=channel.brand.language,
    )


def address_of(identity: Identity) -> str:
    """
    The address as its owner wrote it, where that is the same address; else in its normal form.

    Raises:
        CannotBeWritten: the identity was erased or is no address.
    """
    if identity.erased_at or not ADDRESS.fullmatch(identity.value):
        raise CannotBeWritten("address")
    written = identity.display.strip()
    try:
        same = normal_email(written) == identity.value and bool(ADDRESS.fullmatch(written))
    except NotAnAddress:
        same = False
    return written if same else identity.value


def _named(
    deliveries: Iterable[Delivery], role: RecipientRole, *, nameless: bool
) -> tuple[Mailbox, ...]:
    # A name is the sender's own words, which a machine repeats to nobody.
    return tuple(
        Mailbox(name="" if nameless else each.recipient.name, address=address_of(each.recipient))
        for each in deliveries
        if each.role == role
    )


def _speaker(message: Message, channel: Channel) -> str:
    brand = channel.brand.name
    author = message.author.name if message.author and not message.automatic else ""
    if habits_of(channel).speaks_as is SpeaksAs.OPERATOR and author:
        return f"{author} ({brand})"
    return brand


def _signature(message: Message, channel: Channel) -> str:
    operator = message.author.name if message.author else ""
    values = {"brand.name": channel.brand.name, "operator.name": operator}
    return fill(channel.brand.signature, values)


def _manager(message: Message, channel: Channel, beside: Beside) -> Manager | None:
    served = beside.managers.get(message.pk)
    if served is None:
        return None
    return Manager(
        words=introduction(served, channel.brand.language),
        face=_face(beside.faces.get(served.member_id), channel),
    )


def _face(photo: Blob | None, channel: Channel) -> File | None:
    """The picture of a face, where it is as small as we cut them; else the words say enough."""
    if photo is None or photo.removed_at or photo.size_bytes > LARGEST_FACE:
        return None
    try:
        content = storing.read(photo)
    except FileNotFoundError:
        return None
    return File(
        name="face.jpg",
        content_type=photo.content_type,
        content=content,
        content_id=f"face.{photo.sha256[:16]}@{channel.domain}",
    )


def _quote(
    message: Message, channel: Channel, deliveries: Iterable[Delivery], beside: Beside
) -> Quote | None:
    last = beside.quoted.get(message.pk)
    if last is None or last.erased_at or last.withdrawn_at:
        return None
    # A ticket holds talks with several people: words of one are no matter of another.
    if not _parties(last, beside) & {each.recipient.value for each in deliveries}:
        return None
    text = last.new_text or last.text
    if not text.strip():
        return None
    said_at = last.sent_at.astimezone(channel.brand.clock)
    return Quote(author=_author(last), said_at=said_at, text=text)


def _parties(message: Message, beside: Beside) -> set[str]:
    envelope = Envelope.read(message.envelope)
    named = {each.address.lower() for each in (*envelope.sender, *envelope.to, *envelope.cc)}
    sender = {message.sender.value} if message.sender else set()
    return named | sender | beside.heard.get(message.pk, frozenset())


def _author(message: Message) -> str:
    if message.direction == Direction.OUTBOUND:
        return message.thread.channel.brand.name
    if message.sender is None:
        return ""
    name, value = message.sender.name, message.sender.value
    return f"{name} <{value}>" if name else value


def _file(attachment: Attachment) -> File:
    blob = attachment.blob
    try:
        content = storing.read(blob)
    except FileNotFoundError as gone:
        raise CannotBeWritten("file") from gone
    return File(
        name=attachment.name,
        content_type=blob.content_type,
        content=content,
        content_id=attachment.content_id if attachment.inline else "",
    )
