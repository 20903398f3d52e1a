"""Why a ticket could not be told, in words."""

from django.utils.translation import gettext_lazy as _

WHY = {
    "already-closed": _("closed"),
    "already-merged": _("merged into another"),
    "another-brand": _("of another brand now"),
    "nobody-to-answer": _("nobody to answer"),
    "no-channel": _("no channel leads there"),
    "out-of-sight": _("out of its author’s sight"),
}
OTHERWISE = _("not possible")


def why_not(code: str) -> str:
    """Say why a ticket could not be told."""
    return str(WHY.get(code, OTHERWISE))
