"""Keeping: files that are stored already are put beside a word."""

import secrets
from collections.abc import Sequence

from ambidesk.ground.files.models import Blob
from ambidesk.ground.kernel.texts import one_line
from ambidesk.support.handovers.models import HandoverFile, Word


def keep_files(word: Word, files: Sequence[tuple[Blob, str]]) -> None:
    """Put files that are stored beside a word."""
    HandoverFile.objects.bulk_create(
        HandoverFile(word=word, blob=blob, key=secrets.token_urlsafe(24), name=one_line(name, 255))
        for blob, name in files
    )
