"""What happened to contracts, packages and debts: ids and numbers only."""

from dataclasses import dataclass
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event
from ambidesk.service.contracts.models import Termination

CONTRACT = ("contract", "contract_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractWritten(Event):
    """A contract, its draft or its packages were made or changed."""

    kind: ClassVar[str] = "contracts.written"
    subject: ClassVar[tuple[str, str]] = CONTRACT

    contract_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionActivated(Event):
    """A version holds from its day on; `renewed` when it only prolongs the one before."""

    kind: ClassVar[str] = "contracts.activated"
    subject: ClassVar[tuple[str, str]] = CONTRACT

    contract_id: int
    version_id: int
    renewed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractTerminated(Event):
    """A contract ends before its time."""

    kind: ClassVar[str] = "contracts.terminated"
    subject: ClassVar[tuple[str, str]] = CONTRACT

    contract_id: int
    reason: Termination.Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractEnds(Event):
    """A contract ends in so many days and nobody renewed it."""

    kind: ClassVar[str] = "contracts.ends"
    subject: ClassVar[tuple[str, str]] = CONTRACT

    contract_id: int
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageMoved(Event):
    """An entry was added to the ledger of a package."""

    kind: ClassVar[str] = "contracts.package_moved"
    subject: ClassVar[tuple[str, str]] = CONTRACT

    contract_id: int
    package_id: int
    entry_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtsRead(Event):
    """Open documents of a company came from the books."""

    kind: ClassVar[str] = "contracts.debts_read"
    subject: ClassVar[tuple[str, str]] = ("company", "company_id")

    company_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StopTurned(Event):
    """A stop was set or lifted."""

    kind: ClassVar[str] = "contracts.stop_turned"
    subject: ClassVar[tuple[str, str]] = ("company", "company_id")

    company_id: int
    stop_id: int
    lifted: bool
