"""Storing: content on disk before its row is committed, once a digest."""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from django.conf import settings

from ambidesk.ground.files.content import type_of
from ambidesk.ground.files.models import Blob


def path_of(sha256: str) -> Path:
    """Where content of the digest lies; the name a sender gave is never part of a path."""
    return Path(settings.FILES_ROOT) / sha256[:2] / sha256[2:4] / sha256


def store(content: bytes, *, at: datetime) -> Blob:
    """Keep the content; the same content is kept once."""
    return store_many([content], at=at)[hashlib.sha256(content).hexdigest()]


def store_many(contents: Iterable[bytes], *, at: datetime) -> Mapping[str, Blob]:
    """Keep all contents, keyed by digest; each is on disk before its row exists."""
    by_digest = {hashlib.sha256(content).hexdigest(): content for content in contents}
    if not by_digest:
        return {}
    for digest, content in by_digest.items():
        write(digest, content)
    Blob.objects.bulk_create(
        [
            Blob(
                sha256=digest,
                size_bytes=len(content),
                content_type=type_of(content),
                stored_at=at,
            )
            for digest, content in sorted(by_digest.items())
        ],
        update_conflicts=True,
        unique_fields=["sha256"],
        update_fields=["removed_at"],
    )
    return {blob.sha256: blob for blob in Blob.objects.filter(sha256__in=by_digest)}


def write(digest: str, content: bytes) -> None:
    """Write and fsync the content under its digest; what is there already is left alone."""
    path = path_of(digest)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(temporary).replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def read(blob: Blob) -> bytes:
    """Read the content of a blob."""
    return path_of(blob.sha256).read_bytes()


def remove(blobs: Iterable[Blob], *, at: datetime) -> None:
    """Remove the content for good; the rows stay and say when."""
    for blob in blobs:
        path_of(blob.sha256).unlink(missing_ok=True)
        Blob.objects.filter(pk=blob.pk).update(removed_at=at)
