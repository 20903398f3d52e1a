"""Cards: what is said of a company, a site or a contact in fields of the installation's own."""

from django.utils.translation import get_language

from ambidesk.ground.fields.filling import in_words
from ambidesk.parties.companies.describing import Described, card_form
from ambidesk.parties.companies.models import CardOf


def said_on(row: Described, of: CardOf) -> tuple[tuple[str, str], ...]:
    """What is said on a card, in words."""
    return in_words(row.custom, card_form(of), language=get_language() or "en")
