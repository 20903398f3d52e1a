"""Saying: an authority in one sentence, for the operator's card and for whoever manages it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambidesk.ground.kernel.money import Money
from ambidesk.parties.authority.models import Authority
from ambidesk.parties.authority.rules.power import LIMITED, Power, Topic
from ambidesk.parties.authority.rules.scope import ScopeKind

SIGNS = {"RUB": "₽", "EUR": "€", "USD": "$"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An authority in words: where, what, what may be told and what not, and until when."""

    id: int
    where: str
    may: tuple[str, ...]
    told: tuple[str, ...]
    untold: tuple[str, ...]
    until: datetime | None

    @property
    def sentence(self) -> str:
        """All that somebody may, in one sentence."""
        if not self.may:
            return _("Sees requests: %(where)s.") % {"where": self.where}
        return _("May %(what)s: %(where)s.") % {
            "what": ", ".join(self.may),
            "where": self.where,
        }


def said_of(row: Authority) -> Said:
    """Say an authority; its sites and territories are read with it."""
    mandate = row.mandate
    return Said(
        id=row.pk,
        where=_where(row),
        may=tuple(
            _may(power, mandate.limit_of(power)) for power in Power if power in mandate.powers
        ),
        told=tuple(str(topic.label) for topic in Topic if topic in mandate.told),
        untold=tuple(str(topic.label) for topic in Topic if topic not in mandate.told),
        until=row.until,
    )


def money_words(money: Money) -> str:
    """Say an amount with the sign of its currency; coins only where there are some."""
    whole = money.amount == money.amount.to_integral_value()
    digits = 0 if whole else money.digits
    said = number_format(money.amount, decimal_pos=digits, use_l10n=True, force_grouping=True)
    return f"{said} {SIGNS.get(money.currency, money.currency)}"


def _where(row: Authority) -> str:
    match ScopeKind(row.scope):
        case ScopeKind.SITES:
            names = [site.name for site in row.sites.all()]
            count = ngettext("%(n)s site", "%(n)s sites", len(names)) % {"n": len(names)}
            return names[0] if len(names) == 1 else count
        case ScopeKind.TERRITORIES:
            return ", ".join(each.name for each in row.territories.all())
        case ScopeKind.DEPARTMENT:
            return row.department.name if row.department else ""
        case ScopeKind.OWN:
            return _("own requests")
        case ScopeKind.COMPANY:
            return _("the whole company")


def _may(power: Power, limit: Money | None) -> str:
    words = {
        Power.CREATE: _("open requests"),
        Power.COMMENT: _("write"),
        Power.CONTROL: _("escalate"),
        Power.APPROVE_REQUEST: _("approve requests"),
        Power.APPROVE_COST: _("approve costs"),
        Power.AGREE_VISITS: _("agree visits"),
        Power.ACCEPT: _("accept works"),
        Power.BUY: _("buy"),
        Power.PERFORM: _("do what is handed over"),
        Power.MANAGE: _("manage colleagues"),
    }[power]
    if power not in LIMITED or limit is None:
        return words
    return _("%(what)s up to %(amount)s") % {"what": words, "amount": money_words(limit)}
