"""
Reading: files whose words are not known yet are read one after the other, in the background.

A file that breaks its reader counts as read: it is found by its name, and holds up nothing.
"""

import subprocess
from datetime import datetime
from typing import Final

import structlog
from django.db import transaction

from ambidesk.ground.files.asking import run_child
from ambidesk.ground.files.content import OFFICE, OPEN_DOCUMENTS
from ambidesk.ground.files.events import FileRead
from ambidesk.ground.files.models import Blob, Words
from ambidesk.ground.files.storing import read
from ambidesk.ground.files.words.limits import CHARACTERS, CONTENT_BYTES, WALL_SECONDS
from ambidesk.ground.kernel import journal

log = structlog.get_logger(__name__)
CHILD: Final = "ambidesk.ground.files.words.child"
AT_ONCE: Final = 20
KINDS: Final = {
    "application/pdf": "pdf",
    **dict.fromkeys(OFFICE.values(), "office"),
    **dict.fromkeys(OPEN_DOCUMENTS.values(), "office"),
}


def read_due(*, by: journal.Acting, at: datetime) -> int:
    """Read files that came since; say how many."""
    due = Blob.objects.unread()[:AT_ONCE]
    for blob in due:
        keep_words(blob, words_in(blob), by=by, at=at)
    return len(due)


def words_in(blob: Blob) -> str:
    """Read the words of one file in a process of its own; "" when there are none to read."""
    if blob.size_bytes > CONTENT_BYTES:
        return ""
    try:
        content = read(blob)
    except OSError:
        return ""
    return extract(content, KINDS[blob.content_type])


def extract(content: bytes, kind: str) -> str:
    """Give what a reader of the kind finds within its limits."""
    try:
        done = run_child(CHILD, kind, content=content, seconds=WALL_SECONDS)
    except subprocess.TimeoutExpired as late:
        log.warning("file-not-read", reason="deadline")
        said = late.stdout or b""
    else:
        if done.returncode:
            log.info("file-not-read-whole", code=done.returncode)
        said = done.stdout
    return said.decode("utf-8", "ignore")[:CHARACTERS].strip()


@transaction.atomic
def keep_words(blob: Blob, text: str, *, by: journal.Acting, at: datetime) -> None:
    """Keep what was read, unless the content was removed meanwhile."""
    row = Blob.objects.select_for_update().filter(pk=blob.pk, removed_at=None).first()
    if row is None:
        return
    row.read_at = at
    row.save(update_fields=["read_at"])
    if text:
        Words.objects.update_or_create(blob=row, defaults={"text": text})
        journal.record(FileRead(blob_id=row.pk), by=by, at=at)
