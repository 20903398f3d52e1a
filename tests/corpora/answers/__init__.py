"""Known answers, as digests: what is right is told apart from what is wrong without repeating it.

Each was looked at beside its mail, above all where other parsers say something else. For another
look `python -m tests.corpora.answers FILE...` prints what the parser says and its digests.
"""

import json
import re
from hashlib import sha256
from pathlib import Path

from ambidesk.support.channels.mail.parsing.parsed import ParsedMail

HERE = Path(__file__).parent
Answers = dict[str, dict[str, str]]


def known(name: str) -> Answers:
    found: Answers = json.loads((HERE / f"{name}.json").read_text())
    return found


def digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def of_subject(subject: str) -> str:
    return digest(" ".join(subject.split()))


def of_senders(addresses: list[str]) -> str:
    return digest("\n".join(sorted(one.lower() for one in addresses if one)))


def of_words(text: str) -> str:
    """Digest the words a reader sees, in order, whatever stands between them."""
    return digest(" ".join(re.findall(r"\w+", text.lower())))


def of_names(names: list[str]) -> str:
    return digest("\n".join(sorted(name for name in names if name)))


def of_reply(reply: str) -> str:
    return digest("\n".join(line.rstrip() for line in reply.strip().splitlines()))


def of_mail(mail: ParsedMail) -> dict[str, str]:
    return {
        "subject": of_subject(mail.subject),
        "senders": of_senders([one.address for one in mail.senders]),
        "words": of_words(mail.text),
        "names": of_names([one.name for one in mail.attachments]),
    }
