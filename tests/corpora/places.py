"""Where the shared corpora are; they are read in place and never copied."""

import os
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("AMBIDESK_SHARED_DATA") or ROOT.parent / "shared" / "data")

ORDINARY = (
    "mail-enmime",
    "mail-helpdesks",
    "mail-parser",
    "mail-python",
    "mail-replies",
    "mail-rt",
    "mail-rubymail",
)


def corpus(name: str) -> Path:
    return SHARED / name


def mails_in(*names: str) -> Iterator[Path]:
    """Return the files of these corpora, without what only describes them."""
    for name in names:
        for path in sorted(corpus(name).rglob("*")):
            if path.is_file() and not path.name.startswith("README") and path.suffix != ".json":
                yield path
