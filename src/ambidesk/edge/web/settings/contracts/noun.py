"""Contracts: with whom, for which time, what happens before the end and for debts."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import formats
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ambidesk.edge.web.settings import pages
from ambidesk.edge.web.settings.contracts.report import report_of
from ambidesk.edge.web.settings.nouns import Noun
from ambidesk.edge.web.settings.sections import Words
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.companies.models import Company
from ambidesk.service.contracts.activating import LAST_DAY
from ambidesk.service.contracts.models import BlockedKind, Contract, FeeEvery
from ambidesk.service.contracts.rights import ContractRight
from ambidesk.service.contracts.said import Details
from ambidesk.service.contracts.writing import write_contract

DAY = timedelta(days=1)
SOON = 60
PLAIN = (
    "number",
    "title",
    "fee",
    "fee_every",
    "starts_on",
    "renews_months",
    "notice_days",
    "stop_days",
    "stop_amount",
    "stop_blocks",
)


def day_field(label: Any, *, required: bool = True) -> forms.DateField:
    """A field of a day with the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    bound = MaxValueValidator(LAST_DAY - DAY)
    return forms.DateField(label=label, required=required, widget=widget, validators=[bound])


class ContractForm(forms.Form):
    """What holds for a contract whatever its versions say; the last day belongs to it."""

    company: Any = forms.ModelChoiceField(QuerySet(Company), label=gettext_lazy("Company"))
    number = forms.CharField(label=gettext_lazy("Number"), max_length=60)
    title = forms.CharField(label=gettext_lazy("What it is about"), max_length=120, required=False)
    starts_on = day_field(gettext_lazy("First day"))
    last_on = day_field(gettext_lazy("Last day"), required=False)
    currency = forms.CharField(
        label=gettext_lazy("Currency"), min_length=3, max_length=3, initial="RUB"
    )
    fee = forms.DecimalField(
        label=gettext_lazy("Fee"), min_value=0, max_digits=14, decimal_places=2, required=False
    )
    fee_every = forms.ChoiceField(label=gettext_lazy("Paid for"), choices=FeeEvery.choices)
    renews_months = forms.IntegerField(
        label=gettext_lazy("Goes on for so many months, unless notice is given"),
        min_value=0,
        max_value=120,
        initial=0,
    )
    notice_days = forms.IntegerField(
        label=gettext_lazy("Days of notice"), min_value=0, max_value=730, initial=30
    )
    warn_days = forms.CharField(
        label=gettext_lazy("Warn so many days before the end"),
        initial="60, 30, 7",
        required=False,
        max_length=60,
    )
    stop_days = forms.IntegerField(
        label=gettext_lazy("Stop when a debt is older than, days"),
        min_value=0,
        max_value=3650,
        required=False,
    )
    stop_amount = forms.DecimalField(
        label=gettext_lazy("Stop when debts are more than"),
        min_value=0,
        max_digits=14,
        decimal_places=2,
        required=False,
    )
    stop_blocks = forms.MultipleChoiceField(
        label=gettext_lazy("A stop for debts blocks"),
        choices=BlockedKind.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=[BlockedKind.CONTRACT.value],
    )
    groups = (
        ("", "", "", ("company", "number", "title", "starts_on", "last_on")),
        ("", gettext_lazy("Fee"), "", ("currency", "fee", "fee_every")),
        ("", gettext_lazy("The end"), "", ("renews_months", "notice_days", "warn_days")),
        ("", gettext_lazy("Debts"), "", ("stop_days", "stop_amount", "stop_blocks")),
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        # Whoever may write contracts writes them for every company.
        companies = Company.objects.visible_to(SYSTEM).served()
        self.fields["company"].queryset = companies  # type: ignore[attr-defined]

    def clean_warn_days(self) -> tuple[int, ...]:
        """Read days apart by commas."""
        words = self.cleaned_data["warn_days"].replace(",", " ").split()
        if not all(word.isascii() and word.isdigit() and len(word) < 4 for word in words):
            raise forms.ValidationError(_("Days, such as 60, 30, 7."))
        return tuple(sorted(map(int, words), reverse=True))

    def clean_currency(self) -> str:
        """Take it in capitals."""
        return str(self.cleaned_data["currency"]).upper()


def _rows(request: Request) -> QuerySet[Contract]:
    rows = Contract.objects.visible_to(request.actor).select_related("company")
    return rows.order_by("company__name", "number")


def _facts(row: Contract) -> tuple[str, ...]:
    begins = formats.date_format(row.starts_on, "SHORT_DATE_FORMAT")
    if row.until_on is None:
        return (_("since %(day)s") % {"day": begins},)
    return (f"{begins} – {formats.date_format(row.until_on - DAY, 'SHORT_DATE_FORMAT')}",)


def state_of(row: Contract, *, on: date) -> tuple[Words, str]:
    """Say in a word where a contract is, and by which colour."""
    if row.activated_at is None:
        return gettext_lazy("Draft"), ""
    if on < row.starts_on:
        return gettext_lazy("Not begun"), ""
    if not row.is_in_force(on):
        return gettext_lazy("Over"), ""
    left = (row.until_on - on).days if row.until_on else SOON + 1
    if left <= SOON:
        words = ngettext("Ends in %(n)s day", "Ends in %(n)s days", left) % {"n": left}
        return words, "waiting"
    return gettext_lazy("In force"), "done"


def _known(row: Contract) -> dict[str, Any]:
    known = {name: getattr(row, name) for name in PLAIN}
    return known | {
        "company": row.company,
        "currency": row.currency,
        "last_on": row.until_on - DAY if row.until_on else None,
        "warn_days": ", ".join(map(str, row.warn_days)),
    }


def _save(request: Request, row: Contract | None, values: Mapping[str, Any]) -> HttpResponse | None:
    last = values["last_on"]
    details = Details(
        **{name: values[name] for name in PLAIN},
        currency=values["currency"],
        until_on=last + DAY if last else None,
        warn_days=values["warn_days"],
        legal_entity=row.legal_entity if row else None,
    )
    company = row.company if row else values["company"]
    made = write_contract(row, details, company=company, by=request.actor, at=request.at)
    if row is None:
        return pages.to(reverse("settings-contracts-draft", args=[made.pk]))
    return None


CONTRACTS: Noun[Contract] = Noun(
    key="contracts",
    model=Contract,
    form=ContractForm,
    right=ContractRight.MANAGE,
    title=gettext_lazy("Contracts"),
    words=gettext_lazy("What is covered for whom, what is promised, and what the rest costs."),
    add_words=gettext_lazy("New contract"),
    empty=gettext_lazy("Write the first contract: its company’s tickets then say what is covered."),
    rows=_rows,
    facts=_facts,
    known=_known,
    save=_save,
    beneath=lambda row: f"{row.company} · {row.title}" if row.title else str(row.company),
    state=lambda row: state_of(row, on=day_of(now())),
    report=lambda row: report_of(row, on=day_of(now())),
)
