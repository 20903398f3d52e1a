"""Cards: which own fields companies, sites and contacts have."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ambidesk.edge.web.settings.nouns import Noun
from ambidesk.edge.web.settings.own_fields import needed_fields, own_fields
from ambidesk.edge.web.ui.requests import Request
from ambidesk.parties.companies.describing import arrange_card
from ambidesk.parties.companies.models import Card, CardOf
from ambidesk.parties.companies.rights import CompaniesRight


class CardForm(forms.Form):
    """Whose card it is, and what it asks."""

    of = forms.ChoiceField(label=_("Whose card"), choices=CardOf.choices)
    asked: Any = own_fields(label=_("Fields"))
    needed: Any = needed_fields()


def _rows(_request: Request) -> QuerySet[Card]:
    return Card.objects.prefetch_related("fields")


def _facts(row: Card) -> tuple[str, ...]:
    asked = len(row.fields.all())
    return (ngettext("%(n)s field", "%(n)s fields", asked) % {"n": asked},)


def _save(request: Request, row: Card | None, values: Mapping[str, Any]) -> None:
    of = CardOf(row.of if row else values["of"])
    asked, needed = tuple(values["asked"]), tuple(values["needed"])
    arrange_card(of, asked, needed=needed, by=request.actor, at=request.at)


CARDS = Noun(
    key="cards",
    model=Card,
    form=CardForm,
    right=CompaniesRight.MANAGE,
    title=_("Cards of clients"),
    words=_("What you want to know of every company, site or contact besides what we ask."),
    add_words=_("Choose fields"),
    empty=_("Say which of your fields companies, sites or contacts have."),
    rows=_rows,
    facts=_facts,
    known=lambda row: {
        "of": row.of,
        "asked": row.fields.all(),
        "needed": row.needed.all(),
    },
    save=_save,
)
