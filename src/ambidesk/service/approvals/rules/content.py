"""
Content: all that is shown to whoever approves, frozen under one digest.

Whatever of it changes afterwards makes another digest, and what was approved holds no longer.
"""

import json
from dataclasses import asdict, dataclass
from hashlib import sha256

from ambidesk.service.approvals.rules.deciding import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What is to be approved: words, the amount in the smallest coin, and what it is about."""

    kind: Kind
    title: str
    words: str
    amount_minor: int | None
    currency: str
    company: int
    site: int | None
    requester: int
    asset: int | None
    request_type: int | None

    @property
    def digest(self) -> str:
        """The name of just this content."""
        facts = {**asdict(self), "kind": self.kind.value}
        said = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return sha256(said.encode()).hexdigest()
