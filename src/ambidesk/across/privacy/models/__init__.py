"""The ledger of erasures, and the rules by which what is old goes."""

from ambidesk.across.privacy.models.erasure import Erasure
from ambidesk.across.privacy.models.retention import Kept, RetentionRule

__all__ = ["Erasure", "Kept", "RetentionRule"]
