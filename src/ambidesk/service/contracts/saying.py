"""Saying: a decision in one sentence, with its contract and clause, in the active language."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ambidesk.service.contracts.models import Decision, PackageUnit, VerdictKind
from ambidesk.service.contracts.rules.deciding import Reason
from ambidesk.service.contracts.rules.lines import ALL

NARROW = "\u00a0"
SIGNS = {"RUB": "₽", "EUR": "€", "USD": "$"}
OVERRULED = {
    VerdictKind.COVERED: gettext_lazy("Covered, as %(who)s decided: %(words)s"),
    VerdictKind.WARRANTY: gettext_lazy("Under warranty, as %(who)s decided: %(words)s"),
    VerdictKind.UNTIL_LIMIT: gettext_lazy("Covered to the limit, as %(who)s decided: %(words)s"),
    VerdictKind.PARTLY: gettext_lazy("Partly covered, as %(who)s decided: %(words)s"),
    VerdictKind.CHARGEABLE: gettext_lazy("Chargeable, as %(who)s decided: %(words)s"),
    VerdictKind.REFUSED: gettext_lazy("Not to be done, as %(who)s decided: %(words)s"),
}


def sentence(decision: Decision, *, left: Decimal | None = None) -> str:
    """Say a decision; `left` is what the package has now, if that is known better."""
    facts = {
        "number": decision.contract.number if decision.contract else "",
        "clause": decision.clause,
    }
    match Reason(decision.reason):
        case Reason.LINE:
            return _covered(decision, facts, decision.left if left is None else left)
        case Reason.WARRANTY:
            day = formats.date_format(decision.warranty_until) if decision.warranty_until else ""
            return _("Under warranty until %(day)s: nothing to pay.") % {"day": day}
        case Reason.OVERRULED:
            who = str(decision.by) if decision.by else _("the desk")
            words = OVERRULED[VerdictKind(decision.verdict)]
            return str(words) % {"who": who, "words": decision.words}
        case Reason.STOPPED:
            return _stopped(decision)
        case _:
            return _not_covered(decision, facts)


def amount_words(amount: Decimal, currency: str) -> str:
    """Write money as people of the language do, without the coins where there are none."""
    places = 0 if amount == amount.to_integral_value() else 2
    number = formats.number_format(amount, decimal_pos=places, force_grouping=True)
    return f"{number}{NARROW}{SIGNS.get(currency, currency)}"


def quantity_words(quantity: Decimal, unit: str) -> str:
    """Write an amount of a package's unit."""
    number = formats.number_format(quantity.normalize(), use_l10n=True, force_grouping=False)
    if quantity == quantity.to_integral_value():
        number = str(int(quantity))
    count = int(abs(quantity))
    match PackageUnit(unit):
        case PackageUnit.HOURS:
            words = _("%(n)s h")
        case PackageUnit.VISITS:
            words = ngettext("%(n)s visit", "%(n)s visits", count)
        case PackageUnit.UNITS:
            words = ngettext("%(n)s unit", "%(n)s units", count)
        case PackageUnit.POINTS:
            words = ngettext("%(n)s point", "%(n)s points", count)
    return words % {"n": number}


def _covered(decision: Decision, facts: dict[str, str], left: Decimal | None) -> str:
    said = (
        _("Covered by contract %(number)s, clause %(clause)s")
        if _is_whole(decision)
        else _("Partly covered by contract %(number)s, clause %(clause)s")
    ) % facts
    parts = list(_shares(decision))
    if left is not None and decision.package:
        parts.append(
            _("%(left)s left of “%(package)s”")
            % {
                "left": quantity_words(left, decision.package.unit),
                "package": decision.package.name,
            }
        )
    if decision.limit is not None and decision.contract:
        limit = amount_words(decision.limit, decision.contract.currency)
        parts.append(_("up to %(limit)s a request") % {"limit": limit})
    return f"{said}: {', '.join(parts)}." if parts else f"{said}."


def _is_whole(decision: Decision) -> bool:
    return decision.parts == decision.labour == decision.travel == ALL


def _shares(decision: Decision) -> Iterator[str]:
    if _is_whole(decision):
        return
    named = (
        (_("parts"), decision.parts),
        (_("labour"), decision.labour),
        (_("travel"), decision.travel),
    )
    for name, share in named:
        yield f"{name} {share}{NARROW}%"


def _stopped(decision: Decision) -> str:
    stop = decision.stop
    if stop and stop.amount is not None and stop.contract:
        owed = amount_words(stop.amount, stop.contract.currency)
        why = _("overdue %(owed)s") % {"owed": owed}
    else:
        why = stop.words if stop else ""
    said = (
        _("Stopped, nothing is to be done: %(why)s.")
        if decision.verdict == VerdictKind.REFUSED
        else _("Stopped, only for money: %(why)s.")
    )
    return said % {"why": why.rstrip(".")}


def _not_covered(decision: Decision, facts: dict[str, str]) -> str:
    match Reason(decision.reason):
        case Reason.NO_CONTRACT:
            said = _("No contract is in force")
        case Reason.EXCLUDED:
            said = _("Excluded by contract %(number)s, clause %(clause)s") % facts
        case Reason.CHANNEL:
            said = _("Contract %(number)s takes no requests this way (clause %(clause)s)") % facts
        case Reason.USED_UP:
            name = decision.package.name if decision.package else ""
            said = _("“%(package)s” of contract %(number)s, clause %(clause)s, is used up") % (
                facts | {"package": name}
            )
        case _:
            said = _("No line of contract %(number)s covers this") % facts
    if decision.verdict == VerdictKind.REFUSED:
        return _("%(said)s: not to be done.") % {"said": said}
    return _("%(said)s: chargeable, an estimate must be approved.") % {"said": said}
