"""The form of an authority: where, what, up to how much, what may be told, from when until when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ambidesk.ground.kernel.days import beginning_of, day_of
from ambidesk.ground.kernel.money import Money
from ambidesk.parties.authority.granting import Terms
from ambidesk.parties.authority.models import Authority
from ambidesk.parties.authority.rules.power import Power, Topic
from ambidesk.parties.authority.rules.scope import ScopeKind
from ambidesk.parties.companies.models import Department, Site, Territory

CURRENCY = "RUB"
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class GrantForm(forms.Form):
    """What a contact is to see and do."""

    scope = forms.ChoiceField(label=_("Which requests"))
    sites: Any = forms.ModelMultipleChoiceField(
        None,
        label=pgettext_lazy("site", "Sites"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    territories: Any = forms.ModelMultipleChoiceField(
        None,
        label=_("Territories"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    department: Any = forms.ModelChoiceField(
        None, label=_("Department"), required=False, empty_label="–"
    )
    powers = forms.MultipleChoiceField(
        label=pgettext_lazy("authority", "May"), required=False, widget=forms.CheckboxSelectMultiple
    )
    approves_to = forms.DecimalField(
        label=_("Approves costs up to, ₽"),
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
    )
    buys_to = forms.DecimalField(
        label=_("Buys up to, ₽"), required=False, min_value=0, max_digits=14, decimal_places=2
    )
    told = forms.MultipleChoiceField(
        label=_("May be told"), required=False, widget=forms.CheckboxSelectMultiple
    )
    since = forms.DateField(label=_("Since"), required=False, widget=DAY)
    until = forms.DateField(label=_("Until"), required=False, widget=DAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What may be given; a part that is None is not asked for."""

    scopes: Collection[ScopeKind]
    sites: QuerySet[Site]
    territories: QuerySet[Territory]
    departments: QuerySet[Department] | None = None
    powers: frozenset[Power] = frozenset(Power)
    told: frozenset[Topic] = frozenset(Topic)
    asks_since: bool = False


def grant_form(offer: Offer, *, data: Any = None, known: Authority | None = None) -> GrantForm:
    """Make the form of what may be given, filled with what holds."""
    form = GrantForm(data, initial=_initial(known) if known else {"scope": ScopeKind.OWN.value})
    fields: dict[str, Any] = form.fields
    fields["scope"].choices = [
        (each.value, each.label) for each in ScopeKind if each in offer.scopes
    ]
    fields["sites"].queryset = offer.sites
    fields["sites"].label_from_instance = _site_words
    fields["territories"].queryset = offer.territories
    fields["territories"].label_from_instance = _name
    if offer.departments is not None:
        fields["department"].queryset = offer.departments
        fields["department"].label_from_instance = _name
    fields["powers"].choices = [(p.value, p.label) for p in Power if p in offer.powers]
    fields["told"].choices = [(t.value, t.label) for t in Topic if t in offer.told]
    for name in _unasked(offer):
        del fields[name]
    return form


def terms_of(form: GrantForm) -> Terms:
    """Read what was chosen."""
    values = form.cleaned_data
    return Terms(
        scope=ScopeKind(values["scope"]),
        sites=tuple(values.get("sites") or ()),
        territories=tuple(values.get("territories") or ()),
        department=values.get("department"),
        powers=frozenset(map(Power, values["powers"])),
        told=frozenset(map(Topic, values["told"])),
        approves_to=_money(values.get("approves_to")),
        buys_to=_money(values.get("buys_to")),
        since=_instant(values.get("since")),
        until=_instant(values.get("until")),
    )


def _unasked(offer: Offer) -> list[str]:
    asked = {
        "sites": ScopeKind.SITES in offer.scopes,
        "territories": ScopeKind.TERRITORIES in offer.scopes,
        "department": offer.departments is not None,
        "approves_to": Power.APPROVE_COST in offer.powers,
        "buys_to": Power.BUY in offer.powers,
        "since": offer.asks_since,
    }
    return [name for name, is_asked in asked.items() if not is_asked]


def _site_words(site: Site) -> str:
    return f"{site.name} ({site.code})" if site.code else site.name


def _name(row: Territory | Department) -> str:
    return row.name


def _money(amount: Decimal | None) -> Money | None:
    return None if amount is None else Money(amount, CURRENCY)


def _instant(day: date | None) -> datetime | None:
    return beginning_of(day) if day else None


def _initial(row: Authority) -> dict[str, Any]:
    return {
        "scope": row.scope,
        "sites": list(row.sites.all()),
        "territories": list(row.territories.all()),
        "department": row.department_id,
        "powers": row.powers,
        "told": row.told,
        "approves_to": row.approves_to,
        "buys_to": row.buys_to,
        "since": day_of(row.since),
        "until": day_of(row.until) if row.until else None,
    }
