"""Contact: where somebody writes to whom no article helped: a form of the brand, else its mail."""

from dataclasses import dataclass

from django.urls import reverse

from ambidesk.edge.web.helpcentre.door import Centre
from ambidesk.support.conversations.models import Channel, ChannelKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """An address that opens a form or a letter."""

    url: str


def contact_of(centre: Centre) -> Contact | None:
    """Give where to write to a brand; None where it has neither a form nor a mailbox."""
    kinds = (ChannelKind.FORM, ChannelKind.EMAIL)
    rows = Channel.objects.filter(brand=centre.brand, kind__in=kinds, enabled=True)
    found = dict(rows.exclude(address="").order_by("-pk").values_list("kind", "address"))
    if form := found.get(ChannelKind.FORM):
        return Contact(url=f"{reverse('form', args=[form])}?language={centre.language}")
    mail = found.get(ChannelKind.EMAIL)
    return Contact(url=f"mailto:{mail}") if mail else None
