"""Things of tickets: what came, what went wrong, what was done and said of it."""

from datetime import UTC, datetime
from uuid import uuid4

from ambidesk.ground.files.storing import store
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.people.joining import join as join_persons
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import IdentityKind, Resemblance
from ambidesk.relation.feedback.models import Invitation, Way
from ambidesk.relation.feedback.offering import offer
from ambidesk.relation.feedback.rating import rate
from ambidesk.relation.feedback.surveying import Asking, set_up_survey
from ambidesk.support.channels.linking import models as linking
from ambidesk.support.conversations.models import (
    Delivery,
    IntakeItem,
    IntakeState,
    Message,
    Trouble,
)
from ambidesk.support.conversations.receiving import InboundFile
from ambidesk.support.conversations.taking import Arrival, take_many
from ambidesk.support.knowledge.writing import Text, keep_file, save_draft
from ambidesk.support.telephony.models import Call, CallState
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.delivering import Setback, refuse
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.works.models import WorkLog
from ambidesk.support.works.putting import Of
from ambidesk.support.works.telling import log_work
from tests.cast import Cast
from tests.support.knowledge.articles import category as topic
from tests.support.knowledge.articles import out, written


def first_ticket(cast: Cast) -> tuple[Ticket, Message]:
    """A mail with a picture, as it came in and lies in quarantine."""
    raw = b"From: anna@example.org\r\n\r\nWhere is my parcel?\r\n"
    arrival = Arrival(
        channel_id=cast.shop_mail.pk,
        external_key="first",
        raw=raw,
        envelope={},
        received_at=cast.at,
    )
    item = next(iter(take_many([arrival]).values()))
    IntakeItem.objects.filter(pk=item).update(state=IntakeState.QUARANTINED, reason="fault")
    picture = InboundFile(blob=store(b"a picture", at=cast.at), name="parcel.png")
    more = {
        "files": (picture,),
        "copied": (cast.boris,),
        "intake_id": item,
        "html": "<p>Where?</p>",
    }
    ticket = cast.ticket(**more)
    return ticket, Message.objects.get(filings__ticket=ticket)


def failed_delivery(cast: Cast, ticket: Ticket) -> Delivery:
    """An answer that its recipient's server refused."""
    said = Answer(text="Soon.", to=(cast.anna,), due_at=cast.at)
    message = answer(ticket, said, by=cast.actor(cast.olga), at=cast.at)
    refused = Delivery.objects.get(message=message)
    setback = Setback(delivery_id=refused.pk, trouble=Trouble.REJECTED)
    refuse([setback], by=cast.actor(cast.admin), at=cast.at)
    return refused


def joined_account(cast: Cast, ticket: Ticket) -> linking.Link:
    """An account that joined the requester by a link."""
    at = cast.at
    caller = Caller(kind=IdentityKind.MESSENGER, value="telegram:5", name="Anna")
    account = meet(caller, by=cast.actor(cast.admin), at=at)
    before, account.person = account.person, ticket.requester
    account.save()
    return linking.Link.objects.create(
        ticket=ticket,
        channel=cast.shop_mail,
        identity=cast.anna,
        nonce="n",
        token_hash="t",
        code_hash="c",
        made_at=at,
        expires_at=at,
        used_at=at,
        used_by=account,
        before=before,
    )


def alike_persons(cast: Cast) -> dict[str, object]:
    """Two persons who may be the same, and two who were joined."""
    met = [
        meet(
            Caller(kind=IdentityKind.EMAIL, value=f"{n}@example.org", name=n), by=SYSTEM, at=cast.at
        )
        for n in ("gleb", "hleb", "gleb2", "hleb2")
    ]
    one, other, first, second = [cast.ticket(sender=each).requester for each in met]
    pair = Resemblance.objects.create(one=one, other=other, score=12, found_at=cast.at)
    return {"pair": pair.pk, "join": join_persons(first, second, by=SYSTEM, at=cast.at).pk}


def asked_invitation(cast: Cast) -> Invitation:
    """Somebody who was asked about a ticket, and has answered."""
    by, at = cast.actor(cast.admin), datetime.now(UTC)
    set_up_survey(None, Asking(name="Опрос магазина"), by=by, at=at)
    invitation = offer(cast.ticket("Solved"), way=Way.WIDGET, by=by, at=at)
    rate(invitation, 3, way=Way.WIDGET, at=at)
    return invitation


def call_of(ticket: Ticket, at: datetime) -> Call:
    """A recorded call on a ticket."""
    content = store(b"ID3 words", at=at)
    facts = {"number": "+79990000000", "began_at": at, "state": CallState.ENDED}
    assert ticket.channel
    return Call.objects.create(
        channel=ticket.channel, key="c1", way="in", ticket=ticket, recording=content, **facts
    )


def worked_log(cast: Cast, ticket: Ticket) -> WorkLog:
    """Half an hour of somebody on a ticket."""
    of = Of(key=uuid4(), day=cast.at.date(), ticket=ticket)
    return log_work(of, member=cast.olga, minutes=30, by=SYSTEM, at=cast.at)


def published_help(cast: Cast) -> dict[str, object]:
    """An article with a picture, in a category."""
    by, at = cast.actor(cast.admin), cast.at
    row = written(cast, "Returns", language="ru")
    kept = keep_file(row.article, b"words", name="terms.txt", by=by, at=at)
    text = Text(title="Returns", body=f"[Terms](file:{kept.key})")
    row = out(cast, save_draft(row, text, base=1, by=by, at=at))
    place = topic("Delivery")
    row.article.category = place
    row.article.save()
    return {
        "brand": cast.shop.slug,
        "language": "ru",
        "slug": row.slug,
        "category": place.slug,
        "mark": "x",
        "article": row.article_id,
        "translation": row.pk,
        "topic": place.pk,
        "picture": kept.key,
    }
