"""Files as search sees them: their names, and the words of texts, PDF and office files."""

from collections.abc import Iterable, Sequence

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.files.events import FileRead
from ambidesk.ground.files.models import Blob
from ambidesk.ground.files.storing import path_of
from ambidesk.ground.kernel.journal import Entry
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.search.document import Document, Found, Sort
from ambidesk.ground.search.marks import HAS_FILE
from ambidesk.support.conversations.models import Attachment
from ambidesk.support.tickets.finding.messages import places_of
from ambidesk.support.tickets.finding.touching import touched_messages
from ambidesk.support.tickets.finding.writers import marks_of_writer

READ_BYTES = 200_000


def documents(ids: Sequence[int]) -> Iterable[Document]:
    """Give what can be found of files; pictures inside of a mail are none."""
    rows = Attachment.objects.filter(
        pk__in=ids, inline=False, message__erased_at=None, message__withdrawn_at=None
    ).exclude(name="")
    files = list(rows.select_related("blob__words", "message__sender__person", "message__speaker"))
    places = places_of([file.message_id for file in files])
    for file in files:
        ticket = places.get(file.message_id)
        if ticket is None:
            continue
        sender, speaker = file.message.sender, file.message.speaker
        persons = {ticket.requester_id, *(each.person_id for each in (sender, speaker) if each)}
        yield Document(
            id=file.pk,
            whole=ticket.pk,
            at=file.message.recorded_at,
            short=file.name,
            body=_text(file.blob),
            scopes=(ticket.brand_id,),
            marks=(HAS_FILE, *marks_of_writer(sender, sender.person.name if sender else "")),
            persons=tuple(sorted(persons)),
        )


def touched(entries: Sequence[Entry]) -> set[int]:
    """Those of messages that changed, and those whose words are known since."""
    messages = touched_messages(entries)
    read = {each.data["blob_id"] for each in entries if each.kind == FileRead.kind}
    of_messages, of_read = Q(message__in=messages), Q(blob__in=read)
    rows = Attachment.objects.filter(of_messages | of_read if read else of_messages)
    return set(rows.values_list("pk", flat=True))


def found(ids: Sequence[int], actor: Actor) -> Iterable[Found]:
    """Read the files that the actor may see."""
    rows = Attachment.objects.visible_to(actor).filter(pk__in=ids)
    files = list(rows.select_related("message", "blob__words"))
    places = places_of([file.message_id for file in files])
    for file in files:
        ticket = places.get(file.message_id)
        if ticket:
            yield Found(
                id=file.pk,
                whole=ticket.pk,
                at=file.message.recorded_at,
                title=file.name,
                detail=f"#{ticket.number} {ticket.subject}",
                text=_text(file.blob),
            )


def _text(blob: Blob) -> str:
    if blob.removed_at:
        return ""
    if not blob.content_type.startswith("text/"):
        return blob.words.text if hasattr(blob, "words") else ""
    try:
        with path_of(blob.sha256).open("rb") as file:
            return file.read(READ_BYTES).decode("utf-8", errors="ignore")
    except OSError:
        # A file that is not there now can still be found by its name.
        return ""


FILES = Sort(
    name="file",
    letter="f",
    label=_("Files"),
    documents=documents,
    touched=touched,
    found=found,
)
