"""Lacking: what a transition still asks for; nothing lacking, it may be gone."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from ambidesk.service.workflow.rules.plan import Item, Plan, Transition


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """
    What is known of a run at one stage: lines ticked, fields filled, guards that hold.

    `approved` names what the client approved; None where there is no company to ask.
    """

    ticked: Collection[int] = ()
    filled: Collection[str] = ()
    holding: Collection[int] = ()
    approved: Collection[str] | None = None
    reason: str = ""

    def because(self, reason: str) -> "Known":
        """The same, with a reason given."""
        return replace(self, reason=reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """What is missing for a transition."""

    items: tuple[Item, ...] = ()
    fields: tuple[str, ...] = ()
    guard: bool = False
    approval: str = ""
    reason: bool = False

    def __bool__(self) -> bool:
        """Something is missing."""
        return bool(self.items or self.fields or self.guard or self.approval or self.reason)


def lack_of(plan: Plan, way: Transition, *, known: Known) -> Lack:
    """List what is missing for a transition from its stage."""
    stage = plan.stage(way.source)
    asked = stage if stage is not None and not way.early else None
    return Lack(
        items=tuple(
            item
            for item in (asked.checklist if asked else ())
            if item.required and item.id not in known.ticked
        ),
        fields=tuple(key for key in (asked.fields if asked else ()) if key not in known.filled),
        guard=way.guard is not None and way.id not in known.holding,
        approval=way.approval if _is_open(way, known) else "",
        reason=way.reasoned and not known.reason.strip(),
    )


def _is_open(way: Transition, known: Known) -> bool:
    return known.approved is not None and way.approval not in {"", *known.approved}
