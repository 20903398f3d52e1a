"""What happened to files."""

from dataclasses import dataclass
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRead(Event):
    """The words in a file are known now."""

    kind: ClassVar[str] = "files.read"
    subject: ClassVar[tuple[str, str]] = ("blob", "blob_id")

    blob_id: int
