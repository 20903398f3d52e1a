"""Foreseen: whether a contract would cover work on an asset today, and what is promised then."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambidesk.across.context.agreed import targets_in_words
from ambidesk.service.assets.models import Asset
from ambidesk.service.contracts.models import Version
from ambidesk.service.contracts.reading import in_force, promises_of
from ambidesk.service.contracts.rules.deciding import Decision, Verdict, decide
from ambidesk.service.contracts.rules.lines import Facts, Warranty
from ambidesk.service.contracts.rules.promising import Asked, promise_for
from ambidesk.service.sla.models import PolicyVersion

PRIORITY: Final = 2
WORDS: Final = {
    Verdict.COVERED: gettext_lazy("Covered by contract %(number)s."),
    Verdict.UNTIL_LIMIT: gettext_lazy("Covered by contract %(number)s, up to its limit."),
    Verdict.PARTLY: gettext_lazy("Partly covered by contract %(number)s."),
    Verdict.CHARGEABLE: gettext_lazy("Work on it is charged; we ask you before."),
    Verdict.REFUSED: gettext_lazy("We do not look after it at the moment."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """In words for a client: who pays, and within which times; "" where nothing is promised."""

    coverage: str
    promise: str


def foresee(asset: Asset, *, channel: str, on: date) -> Foreseen:
    """Decide for an asset, read with its model, site and territory, as for a request of today."""
    facts = _facts(asset, channel, on)
    holds = in_force({asset.company_id}, on=on)[asset.company_id]
    decided = decide(holds.versions, facts, standing=holds.standing)
    version = Version.objects.select_related("contract").filter(pk=decided.version or 0).first()
    return Foreseen(
        coverage=_coverage(decided, version, asset),
        promise=_promise(decided, version, facts) if version else "",
    )


def _facts(asset: Asset, channel: str, on: date) -> Facts:
    path = asset.site.territory.path if asset.site and asset.site.territory else ""
    until = asset.warranty_until
    return Facts(
        on=on,
        asset=asset.pk,
        model=asset.model_id,
        classes=(asset.model.asset_class_id,),
        site=asset.site_id,
        territories=tuple(int(each) for each in reversed(path.split(".")) if each),
        service=None,
        channel=channel,
        warranty=Warranty(until=until) if until else None,
    )


def _coverage(decided: Decision, version: Version | None, asset: Asset) -> str:
    if decided.verdict is Verdict.WARRANTY and asset.warranty_until:
        day = formats.date_format(asset.warranty_until)
        return _("Under warranty until %(day)s: nothing to pay.") % {"day": day}
    number = version.contract.number if version else ""
    return str(WORDS[decided.verdict]) % {"number": number}


def _promise(decided: Decision, version: Version, facts: Facts) -> str:
    if version.activated_at is None:
        return ""
    asked = Asked(line=decided.line, service=None, priority=PRIORITY, classes=facts.classes)
    promised = promise_for(promises_of(version.pk, version.activated_at), asked)
    if promised is None:
        return ""
    latest = PolicyVersion.objects.filter(policy=promised.policy).order_by("-pk").first()
    return targets_in_words(latest) if latest else ""
