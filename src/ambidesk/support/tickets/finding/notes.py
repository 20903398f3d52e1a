"""Notes as search sees them."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.search.document import Document, Found, Sort
from ambidesk.ground.search.marks import marks_from
from ambidesk.support.tickets.finding.touching import touched_notes
from ambidesk.support.tickets.models import Note, Ticket


def documents(ids: Sequence[int]) -> Iterable[Document]:
    """Give what can be found of notes; a blanked one is none."""
    rows = Note.objects.filter(pk__in=ids).exclude(text="").select_related("ticket", "author")
    for note in rows:
        yield Document(
            id=note.pk,
            whole=note.ticket_id,
            at=note.at,
            short="",
            body=note.text,
            scopes=(note.ticket.brand_id,),
            marks=marks_from(name=note.author.name if note.author else "", address=""),
            persons=(note.ticket.requester_id,),
        )


def found(ids: Sequence[int], actor: Actor) -> Iterable[Found]:
    """Read the notes on tickets that the actor may see."""
    rows = Note.objects.filter(pk__in=ids, ticket__in=Ticket.objects.visible_to(actor))
    for note in rows.select_related("ticket", "author"):
        yield Found(
            id=note.pk,
            whole=note.ticket_id,
            at=note.at,
            title=f"#{note.ticket.number} {note.ticket.subject}",
            detail=note.author.name if note.author else "",
            text=note.text,
        )


NOTES = Sort(
    name="note",
    letter="n",
    label=_("Notes"),
    documents=documents,
    touched=touched_notes,
    found=found,
)
