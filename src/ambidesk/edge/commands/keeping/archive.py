"""
The file of a backup: a tar, compressed by zstd where its name ends with .zst.

Written under another name and renamed when it is on disk, so a file of that name is whole. Reading
trusts nothing: only plain files, only in the places that a backup has.
"""

import io
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

import zstandard

from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.trouble import Trouble

MANIFEST = "manifest.json"
DATABASE = "database.dump"
FILES = "files"
KEPT = ("secret", "ambidesk.toml")
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
LEVEL = 3


@contextmanager
def writing(target: Path) -> Iterator[tarfile.TarFile]:
    """Write an archive that appears under its name when the block is done."""
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as raw:
            with (
                _packing(raw, packed=target.suffix == ".zst") as stream,
                tarfile.open(fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT) as tar,
            ):
                yield tar
            raw.flush()
            os.fsync(raw.fileno())
        unfinished.rename(target)
        _sync_directory(target.parent)
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def reading(source: Path) -> Iterator[tarfile.TarFile]:
    """
    Read an archive.

    Raises:
        Trouble: it is no backup, or damaged.
    """
    try:
        with source.open("rb") as raw:
            packed = raw.read(4) == ZSTD_MAGIC
            raw.seek(0)
            stream = zstandard.ZstdDecompressor().stream_reader(raw) if packed else raw
            with tarfile.open(fileobj=stream, mode="r|") as tar:
                yield tar
    except FileNotFoundError as missing:
        raise Trouble(_("There is no file %(file)s.") % {"file": source}) from missing
    except (tarfile.TarError, zstandard.ZstdError, EOFError) as wrong:
        raise Trouble(
            _("%(file)s is no backup of Ambidesk, or it is damaged: %(reason)s.")
            % {"file": source, "reason": wrong}
        ) from wrong


def add_bytes(tar: tarfile.TarFile, name: str, *, content: bytes) -> None:
    """Put a small file into the archive."""
    info = tarfile.TarInfo(name)
    info.size, info.mode = len(content), 0o600
    tar.addfile(info, io.BytesIO(content))


def place_of(member: tarfile.TarInfo, root: Path) -> Path | None:
    """Say where a member of the archive belongs under `root`; None for what has no place there."""
    name = PurePosixPath(member.name)
    if not member.isfile() or name.is_absolute() or ".." in name.parts:
        return None
    known = member.name in {MANIFEST, DATABASE, *KEPT} or name.parts[0] == FILES
    return root / name if known else None


@contextmanager
def _packing(raw: IO[bytes], *, packed: bool) -> Iterator[IO[bytes]]:
    if not packed:
        yield raw
        return
    with zstandard.ZstdCompressor(level=LEVEL).stream_writer(raw, closefd=False) as stream:
        yield stream


def _sync_directory(place: Path) -> None:
    descriptor = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
