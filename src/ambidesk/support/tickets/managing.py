"""Managing: who answers on our side for the company that a message goes to."""

from collections.abc import Collection, Mapping
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from ambidesk.ground.kernel.texts import one_line
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.companies.models import Contact
from ambidesk.parties.people.parts import parts_of_each
from ambidesk.parties.stewards.serving import Served, teams_of
from ambidesk.support.conversations.models import Delivery
from ambidesk.support.tickets.models import Filing


def managers_of(messages: Collection[int], *, on: date) -> Mapping[int, Served]:
    """
    Name the account manager beside each message that goes to contacts of its ticket's company only.

    Where somebody else reads it too, a vendor or a stranger in copy, nobody is named.
    """
    filed = Filing.objects.filter(message__in=messages, withdrawn_at=None)
    served = filed.exclude(ticket__company=None).values_list("message", "ticket__company")
    companies = {message: company for message, company in served if company}
    if not companies:
        return {}
    contacts = Contact.objects.on(on).filter(company__in=companies.values())
    known = set(contacts.values_list("company", "person"))
    rows = Delivery.objects.filter(message__in=companies)
    readers = list(rows.values_list("message", "recipient__person"))
    # One human may be known by two addresses and joined since.
    parts = parts_of_each({person for _message, person in readers})
    strangers = {
        message
        for message, person in readers
        if not any((companies[message], part) in known for part in parts.get(person, ()))
    }
    team = teams_of(set(companies.values()), on=on, by=SYSTEM)
    managers = {each.company_id: each for each in team if each.is_manager}
    return {
        message: managers[company]
        for message, company in companies.items()
        if company in managers and message not in strangers
    }


def introduction(manager: Served, language: str) -> tuple[str, ...]:
    """Introduce an account manager: the name, as what, and whose place they took of late."""
    with translation.override(language):
        said = [
            _("Your account manager: %(name)s") % {"name": manager.name},
            manager.standing,
            _("instead of %(name)s") % {"name": manager.instead_of} if manager.instead_of else "",
        ]
    return tuple(one_line(part) for part in said if part)
