"""Storing: content on disk before its row is committed, once a digest."""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from django.conf import settings

from ambidesk.ground.files.content import type_of
from ambidesk.ground.files.models import Blob, Words


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
    put(path_of(digest), content)


def put(path: Path, content: bytes) -> None:
    """Write and fsync content at a path of the store; what is there already is left alone."""
    if path.exists():
        # Whoever brought it may not have come to this yet.
        _sync(path.parent)
        return
    _make(path.parent)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync(path.parent)


def _make(folder: Path) -> None:
    """Make a folder and those above it, each entered on disk."""
    if folder.exists():
        return
    _make(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync(folder.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read(blob: Blob) -> bytes:
    """Read the content of a blob."""
    return path_of(blob.sha256).read_bytes()


def remove(blobs: Iterable[Blob], *, at: datetime) -> None:
    """Remove the content for good; the rows stay and say when."""
    for blob in blobs:
        path_of(blob.sha256).unlink(missing_ok=True)
        Words.objects.filter(blob=blob).delete()
        Blob.objects.filter(pk=blob.pk).update(removed_at=at, read_at=None)
