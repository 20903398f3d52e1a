"""Seeds of the fuzzer: mails written for the tests, and the shared corpora where they are."""

import hashlib
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

from tests.corpora.places import corpus, mails_in
from tests.support.channels.mail.parsing.test_html import ATTACKS
from tests.support.channels.mail.parsing.test_outlook import COMPRESSED, letter_file
from tests.support.channels.mail.parsing.test_properties import PIECES, SEED
from tests.support.channels.mail.parsing.test_replies import ATTRIBUTIONS, PAGES

CORPORA = (
    "mail-bounces",
    "mail-enmime",
    "mail-helpdesks",
    "mail-parser",
    "mail-python",
    "mail-replies",
    "mail-rt",
    "mail-rubymail",
)
LARGEST = 64 * 1024


def seeds() -> Iterator[bytes]:
    """Give every seed once or more; too large ones would only slow the fuzzer down."""
    head = b"From: a@example.org\nContent-Type: "
    yield from (SEED, letter_file(), COMPRESSED, b"\n".join(PIECES))
    for html in (*ATTACKS, *PAGES.values()):
        yield head + b"text/html\n\n" + html.encode()
    for attribution in ATTRIBUTIONS.values():
        yield head + f"text/plain; charset=utf-8\n\nyes\n\n{attribution}\n> no\n".encode()
    for path in mails_in(*CORPORA):
        yield path.read_bytes()
    archive = corpus("mail-threads") / "notmuch-corpora.tar.xz"
    if archive.is_file():
        with tarfile.open(archive) as threads:
            for member in threads:
                if member.isfile() and (opened := threads.extractfile(member)):
                    yield opened.read()


def write(folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    for seed in seeds():
        if len(seed) <= LARGEST:
            (folder / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    return len(list(folder.iterdir()))


if __name__ == "__main__":
    print(f"{write(Path(sys.argv[1]))} seeds")  # noqa: T201 - a tool that prints
