"""How approvals are asked: how long each step is waited for, and what a link alone decides."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ambidesk.edge.web.settings.lengths import LengthField, written_length
from ambidesk.edge.web.settings.nouns import Noun
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.money import Money
from ambidesk.parties.authority.saying import money_words
from ambidesk.service.sla.models import ServiceCalendar
from ambidesk.support.approvals.models import Terms
from ambidesk.support.approvals.rights import ApprovalRight
from ambidesk.support.approvals.setting import Wanted, set_terms, terms


class TermsForm(forms.Form):
    """How it is done."""

    patience = LengthField(
        label=gettext_lazy("The next are asked after a silence of"),
        help_text=gettext_lazy("Working time, such as 4 h."),
    )
    calendar: Any = forms.ModelChoiceField(
        ServiceCalendar.objects.filter(archived_at=None),
        label=gettext_lazy("By the calendar"),
        required=False,
        empty_label=gettext_lazy("around the clock"),
    )
    days = forms.IntegerField(
        label=gettext_lazy("A link is good for so many days"), min_value=1, max_value=60
    )
    freely_to = forms.DecimalField(
        label=gettext_lazy("Up to this amount the link is enough"),
        min_value=Decimal(0),
        max_digits=14,
        decimal_places=2,
        help_text=gettext_lazy("Above it whoever approves signs in, or gets a code by mail."),
    )
    currency = forms.CharField(label=gettext_lazy("Currency"), min_length=3, max_length=3)


def _rows(_request: Request) -> QuerySet[Terms]:
    return Terms.objects.select_related("calendar")


def _facts(row: Terms) -> tuple[str, ...]:
    days = row.open_for.days
    return (
        money_words(row.freely_to),
        ngettext("%(n)s day", "%(n)s days", days) % {"n": days},
        str(row.calendar or _("around the clock")),
    )


def _known(row: Terms) -> dict[str, Any]:
    return {
        "patience": written_length(row.patience),
        "calendar": row.calendar_id,
        "days": row.open_for.days,
        "freely_to": row.freely_to.amount,
        "currency": row.currency,
    }


def _save(request: Request, _row: Terms | None, values: Mapping[str, Any]) -> None:
    wanted = Wanted(
        patience=values["patience"],
        calendar=values["calendar"],
        open_for=timedelta(days=values["days"]),
        freely_to=Money(values["freely_to"], values["currency"].upper()),
    )
    set_terms(wanted, by=request.actor, at=request.at)


APPROVALS = Noun(
    key="approvals",
    model=Terms,
    form=TermsForm,
    right=ApprovalRight.SET,
    title=gettext_lazy("Approvals"),
    words=gettext_lazy("How clients are asked, and what a link in a mail decides by itself."),
    add_words=gettext_lazy("Set"),
    empty=gettext_lazy("The next are asked after 4 hours; a link is enough up to 20,000 ₽."),
    rows=_rows,
    facts=_facts,
    known=_known,
    save=_save,
    begun=lambda _request: _known(terms()),
)
