"""Rights that can be granted; each package declares its own, wiring joins them here."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ReachRight(StrEnum):
    """Rights over users and their roles."""

    MANAGE = "reach.manage"
    SEE_EVERYTHING = "reach.see_everything"
    AUDIT = "reach.audit"


@dataclass(frozen=True, slots=True, kw_only=True)
class RightGroup:
    """Rights of one package with the sentence that each has on the settings screen."""

    title: str | Promise
    rights: tuple[tuple[str, str | Promise], ...]


_groups: list[RightGroup] = []


def declare(group: RightGroup) -> None:
    """Add a package's rights to those that a role can be given."""
    if group not in _groups:
        _groups.append(group)


def groups() -> tuple[RightGroup, ...]:
    """All declared rights, in the order of their declaration."""
    return tuple(_groups)


def every_right() -> frozenset[str]:
    """Each right there is."""
    return frozenset(right for group in _groups for right, _sentence in group.rights)


REACH_RIGHTS = RightGroup(
    title=_("Access"),
    rights=(
        (ReachRight.MANAGE.value, _("Manage staff, roles and access")),
        (ReachRight.SEE_EVERYTHING.value, _("See tickets of all brands")),
        (ReachRight.AUDIT.value, _("See who did what when")),
    ),
)
