"""Knowing: what hints may ask of a card, as fields of the one language of conditions."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext_lazy as _

from ambidesk.across.context.card import Card, Post
from ambidesk.ground.conditions.fields import Boolean, Field, Number, Text
from ambidesk.ground.conditions.vocabularies import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """A card in a few plain values; None is not known, or there is none."""

    person: str
    company: str | None
    industry: str | None
    post: str | None
    contract: str | None
    contract_days: int | None
    has_contract: bool
    package: str | None
    package_used: int | None
    debt: Decimal | None
    debt_days: int | None
    is_stopped: bool
    asset: str | None
    asset_failures: int | None
    warranty: str | None
    site: str | None
    birthday_in: int | None
    last_score: int | None
    last_score_was_bad: bool | None
    open_requests: int
    is_entitled: bool


FIELDS: Final[tuple[Field, ...]] = (
    Text(name="person", label=_("Name of the person"), path="person"),
    Text(name="company", label=_("Company"), path="company", nullable=True),
    Text(name="industry", label=_("Industry"), path="industry", nullable=True),
    Text(name="post", label=_("Post"), path="post", nullable=True),
    Text(name="contract", label=_("Contract that ends next"), path="contract", nullable=True),
    Number(
        name="contract_days", label=_("Days until it ends"), path="contract_days", nullable=True
    ),
    Boolean(name="has_contract", label=_("There is a contract"), path="has_contract"),
    Text(name="package", label=_("Package used most"), path="package", nullable=True),
    Number(name="package_used", label=_("Per cent of it used"), path="package_used", nullable=True),
    Number(name="debt", label=_("Overdue debt"), path="debt", nullable=True, whole=False),
    Number(name="debt_days", label=_("Days it is overdue"), path="debt_days", nullable=True),
    Boolean(name="is_stopped", label=_("Work is stopped"), path="is_stopped"),
    Text(name="asset", label=_("Equipment"), path="asset", nullable=True),
    Number(
        name="asset_failures",
        label=_("Failures of it in 90 days"),
        path="asset_failures",
        nullable=True,
    ),
    Text(name="warranty", label=_("Warranty of it"), path="warranty", nullable=True),
    Text(name="site", label=_("Site"), path="site", nullable=True),
    Number(
        name="birthday_in", label=_("Days until the birthday"), path="birthday_in", nullable=True
    ),
    Number(name="last_score", label=_("Last score"), path="last_score", nullable=True),
    Boolean(
        name="last_score_was_bad",
        label=_("Last score was bad"),
        path="last_score_was_bad",
        nullable=True,
    ),
    Number(name="open_requests", label=_("Open requests"), path="open_requests"),
    Boolean(name="is_entitled", label=_("Has an authority"), path="is_entitled"),
)
CONTEXT_VOCABULARY: Final = Vocabulary(name="context", fields=FIELDS)
NAMES: Final = frozenset(field.name for field in FIELDS)


def circumstances_of(card: Card, *, on: date) -> Circumstances:
    """Say a card in plain values, on a day."""
    ending = min(
        (each for each in card.contracts if each.days_left is not None),
        key=lambda each: each.days_left or 0,
        default=None,
    )
    used = max(
        (each for contract in card.contracts for each in contract.packages),
        key=lambda each: each.used_percent,
        default=None,
    )
    owed = max(card.debts, key=lambda each: each.overdue, default=None)
    overdue = owed if owed and owed.overdue else None
    asset = next((each for each in card.assets if each.is_here), None)
    post = _post(card)
    score = card.scores[0] if card.scores else None
    return Circumstances(
        person=card.person.name if card.person else "",
        company=card.company.name if card.company else None,
        industry=card.company.industry if card.company else None,
        post=post.post if post else None,
        contract=ending.number if ending else None,
        contract_days=ending.days_left if ending else None,
        has_contract=bool(card.contracts),
        package=used.name if used else None,
        package_used=used.used_percent if used else None,
        debt=overdue.overdue if overdue else None,
        debt_days=(on - overdue.since).days if overdue and overdue.since else None,
        is_stopped=bool(card.stops),
        asset=f"{asset.model} {asset.serial}" if asset else None,
        asset_failures=asset.failures if asset else None,
        warranty=asset.warranty if asset else None,
        site=next((each.name for each in card.sites if each.is_here), None),
        birthday_in=days_until(post.birthday, on) if post and post.birthday else None,
        last_score=score.choice.score if score else None,
        last_score_was_bad=not score.is_good if score else None,
        open_requests=card.requests_number,
        is_entitled=bool(card.authorities),
    )


def days_until(birthday: date, on: date) -> int:
    """Count the days until the next birthday; the 29th of February is kept on the 1st of March."""
    for year in (on.year, on.year + 1):
        try:
            next_one = birthday.replace(year=year)
        except ValueError:
            next_one = date(year, 3, 1)
        if next_one >= on:
            return (next_one - on).days
    return 0


def _post(card: Card) -> Post | None:
    posts = card.person.posts if card.person else ()
    here = card.company.id if card.company else None
    return next((each for each in posts if each.company_id == here), None)
