"""Charges of work, penalties of lateness, and what excuses these."""

from ambidesk.service.charges.models.charge import Charge, WhyKind
from ambidesk.service.charges.models.excusal import Excusal
from ambidesk.service.charges.models.penalty import Penalty

__all__ = ["Charge", "Excusal", "Penalty", "WhyKind"]
