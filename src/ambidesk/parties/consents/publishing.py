"""Publishing: the words about a purpose get a new version; older ones stay as they were."""

from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.consents.events import ConsentDocumentPublished
from ambidesk.parties.consents.models import ConsentDocument, Purpose

# Two who publish at once count one after the other.
LOCK = 7_321_008


class NothingToAgreeTo(InvalidInput):
    """The document has no words, or is about what needs none."""

    sentence = _("Write what people agree to.")


@transaction.atomic
def publish_document(
    purpose: Purpose,
    *,
    text: str,
    language: str,
    brand: Brand | None = None,
    by: Actor,
    at: datetime,
) -> ConsentDocument:
    """
    Publish the next version of the words about a purpose.

    Raises:
        NothingToAgreeTo: there are no words, or the purpose needs none.
    """
    if not text.strip() or purpose is Purpose.SERVICE:
        raise NothingToAgreeTo(field="text")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    earlier = ConsentDocument.objects.filter(purpose=purpose, brand=brand, language=language)
    last = earlier.aggregate(last=Max("version"))["last"] or 0
    document = ConsentDocument.objects.create(
        purpose=purpose,
        brand=brand,
        language=language,
        version=last + 1,
        text=text.strip(),
        published_at=at,
    )
    journal.record(ConsentDocumentPublished(document_id=document.pk), by=by, at=at)
    return document


def newest(purpose: Purpose, *, language: str, brand: Brand | None) -> ConsentDocument | None:
    """The words that hold now: the brand's own, else those of all brands."""
    rows = ConsentDocument.objects.filter(purpose=purpose, language=language)
    own = rows.filter(brand=brand).order_by("-version").first() if brand else None
    return own or rows.filter(brand=None).order_by("-version").first()
