"""Rows of contracts."""

from ambidesk.service.contracts.models.contract import (
    Contract,
    FeeEvery,
    OutsideKind,
    Termination,
    Version,
)
from ambidesk.service.contracts.models.coverage import Coverage, Decision, VerdictKind
from ambidesk.service.contracts.models.debt import BlockedKind, Receivable, Stop, StopFor
from ambidesk.service.contracts.models.line import (
    BasisKind,
    Excuse,
    Line,
    PenalisedKind,
    PenaltyRule,
    Price,
    Promised,
    RateKind,
)
from ambidesk.service.contracts.models.package import (
    EntryKind,
    Package,
    PackageEntry,
    PackageEvery,
    PackageUnit,
)
from ambidesk.service.contracts.models.stage import StagePromise

__all__ = [
    "BasisKind",
    "BlockedKind",
    "Contract",
    "Coverage",
    "Decision",
    "EntryKind",
    "Excuse",
    "FeeEvery",
    "Line",
    "OutsideKind",
    "Package",
    "PackageEntry",
    "PackageEvery",
    "PackageUnit",
    "PenalisedKind",
    "PenaltyRule",
    "Price",
    "Promised",
    "RateKind",
    "Receivable",
    "StagePromise",
    "Stop",
    "StopFor",
    "Termination",
    "VerdictKind",
    "Version",
]
