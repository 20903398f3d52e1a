"""Charges of work, and penalties of lateness."""

from ambidesk.service.charges.models.charge import Charge, WhyKind
from ambidesk.service.charges.models.penalty import Penalty

__all__ = ["Charge", "Penalty", "WhyKind"]
