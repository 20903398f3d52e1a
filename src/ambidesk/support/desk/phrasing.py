"""Phrasing: templates are set up, and filled in for a ticket from a flat list of variables."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.archiving import turn
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.models import User
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.models import Team
from ambidesk.support.desk.events import TemplateWritten
from ambidesk.support.desk.models import Template
from ambidesk.support.tickets.models import Ticket

VARIABLE = re.compile(r"\{\{\s*([a-z_.]+)\s*\}\}")
VARIABLES = {
    "requester.name": _("requester's name"),
    "ticket.number": _("number of the ticket"),
    "ticket.subject": _("subject of the ticket"),
    "brand.name": _("name of the brand"),
    "operator.name": _("operator's name"),
}

INVENTED = {
    "requester.name": _("Anna Petrova"),
    "ticket.number": "1042",
    "ticket.subject": _("The parcel has not come"),
    "brand.name": _("Your brand"),
}


class UnknownVariable(InvalidInput):
    """The template names what does not exist."""

    sentence = _("There is no variable {{%(name)s}}. These exist: %(known)s.")


class TemplateNameTaken(InvalidInput):
    """There is one of this name."""

    sentence = _("There is a template with this name already.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A template with its variables filled in."""

    id: int
    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A text as it would read on a ticket; without a number on an invented one."""

    text: str
    number: int | None = None


@transaction.atomic
def write_template(
    template: Template | None,
    *,
    name: str,
    text: str,
    language: str,
    brand: Brand | None,
    team: Team | None,
    by: Actor,
    at: datetime,
) -> Template:
    """
    Make a template, or change the one given.

    Raises:
        UnknownVariable: it names what does not exist.
        TemplateNameTaken: another one has the name.
    """
    require_known(text)
    row = Template.objects.select_for_update().get(pk=template.pk) if template else Template()
    row.name, row.text, row.language = name.strip()[:80], text, language
    row.brand, row.team = brand, team
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise TemplateNameTaken(field="name") from taken
    journal.record(TemplateWritten(template_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def archive_template(template: Template, *, by: Actor, at: datetime) -> None:
    """Take a template out of use, or into use again when it was out."""
    row = turn(template, at=at)
    journal.record(TemplateWritten(template_id=row.pk), by=by, at=at)


def templates_for(ticket: Ticket, *, by: Actor) -> list[Filled]:
    """
    The templates of the ticket's brand and the actor's teams, filled in, the most used first.

    Of those with one name the one in the requester's language is given, else that of the brand's.
    """
    teams = Q(team=None) | Q(team__members__user=by.user_id)
    brands = Q(brand=None) | Q(brand=ticket.brand_id)
    rows = Template.objects.filter(teams, brands, archived_at=None).distinct()
    chosen = in_one_language(rows, ticket.requester.language or ticket.brand.language)
    chosen.sort(key=lambda row: (-row.used_times, row.name))
    values = _values(ticket, _operator(by))
    return [Filled(id=row.pk, name=row.name, text=fill(row.text, values)) for row in chosen]


def in_one_language(rows: Iterable[Template], language: str) -> list[Template]:
    """Choose one of each name: the language itself, else one for all, else whatever there is."""
    best: dict[str, Template] = {}
    for row in rows:
        known = best.get(row.name)
        if known is None or _nearness(row, language) > _nearness(known, language):
            best[row.name] = row
    return list(best.values())


def count_use(keys: Iterable[int], *, times: int = 1) -> None:
    """Remember that templates were sent; how often is no event."""
    Template.objects.filter(pk__in=list(keys)).update(used_times=F("used_times") + times)


def _nearness(row: Template, language: str) -> int:
    return 2 if row.language == language else int(not row.language)


def filled(template: Template, ticket: Ticket, *, by: Actor) -> Filled:
    """Fill in one template for a ticket."""
    return Filled(
        id=template.pk, name=template.name, text=fill(template.text, _values(ticket, _operator(by)))
    )


def fill_many(text: str, tickets: Sequence[Ticket], *, by: Actor) -> Mapping[int, str]:
    """Fill in one text for many tickets, as if it were a template."""
    if not VARIABLE.search(text):
        return {ticket.pk: text for ticket in tickets}
    numbers = [ticket.pk for ticket in tickets]
    rows = Ticket.objects.filter(pk__in=numbers).select_related("requester__head", "brand")
    operator = _operator(by)
    return {row.pk: fill(text, _values(row, operator)) for row in rows}


def preview(text: str, *, brand: int | None, by: Actor) -> Example:
    """
    Fill in a text as an answer to the newest ticket that the actor sees, of a brand if one is said.

    Raises:
        UnknownVariable: it names what does not exist.
    """
    require_known(text)
    seen = Ticket.objects.visible_to(by).select_related("requester__head", "brand")
    ticket = (seen.filter(brand=brand) if brand else seen).latest_first().first()
    operator = _operator(by)
    if ticket is None:
        own = {"operator.name": operator.name if operator else ""}
        invented = {name: str(words) for name, words in INVENTED.items()}
        return Example(text=fill(text, {**invented, **own}))
    return Example(text=fill(text, _values(ticket, operator)), number=ticket.number)


def require_known(text: str) -> None:
    """
    Check the variables that a text names.

    Raises:
        UnknownVariable: it names what does not exist.
    """
    for variable in VARIABLE.findall(text):
        if variable not in VARIABLES:
            raise UnknownVariable(field="text", name=variable, known=", ".join(VARIABLES))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Replace the variables by their values, once: a value is never read as a template."""
    return VARIABLE.sub(lambda match: values.get(match[1], ""), text)


def spelled(text: str) -> str:
    """Name the variables as people call them."""
    return VARIABLE.sub(lambda match: f"‹{VARIABLES.get(match[1], match[1])}›", text)


def _operator(by: Actor) -> User | None:
    return User.objects.filter(pk=by.user_id or 0).first()


def _values(ticket: Ticket, operator: User | None) -> dict[str, str]:
    return {
        "requester.name": ticket.requester.called,
        "ticket.number": str(ticket.number),
        "ticket.subject": ticket.subject,
        "brand.name": ticket.brand.name,
        "operator.name": operator.name if operator else "",
    }
