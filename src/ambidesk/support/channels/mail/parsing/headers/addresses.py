"""Addresses of a header, and whether they can be taken at their word.

What is read is what a mail client would answer to; whatever needed guessing is a defect, so that
a guessed address is never a proven sender.
Source: RFC 5322, 3.4 and 4.4; RFC 6854 (groups in From); RFC 6532.
"""

import re
from dataclasses import dataclass, replace
from typing import Final

from ambidesk.support.channels.mail.parsing import limits
from ambidesk.support.channels.mail.parsing.defects import Defect
from ambidesk.support.channels.mail.parsing.findings import Findings
from ambidesk.support.channels.mail.parsing.headers.fields import readable
from ambidesk.support.channels.mail.parsing.headers.splitting import split
from ambidesk.support.channels.mail.parsing.headers.tokens import Kind, Token, tokens
from ambidesk.support.channels.mail.parsing.parsed import Address

_CLEAN: Final = re.compile(
    r"(?:[^\s@<>()\[\],;:\"\\\x00-\x1f\x7f]+|\"[^\"\r\n]+\")"
    r"@(?:[^\s@<>()\[\],;:\"\\\x00-\x1f\x7f.]+(?:\.[^\s@<>()\[\],;:\"\\\x00-\x1f\x7f.]+)*"
    r"|\[[^\]\s]+\])"
)
_ATOM: Final = r"[^\s@<>()\[\],;:\"'\\]"
# Where a search begins inside a word that was searched already, it never ends.
SPOKEN_ADDRESS: Final = re.compile(rf"(?<!{_ATOM}){_ATOM}+@{_ATOM}+")
_ROUTE: Final = re.compile(r"^(?:@[^:,@]+(?:,\s*)?)+:")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\u2028\u2029]")
_SPACED: Final = re.compile(r"(?<!\s)\s*([@.])\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """One address as found; `is_clean` when nothing about it had to be guessed."""

    address: Address
    is_clean: bool


def read_addresses(text: str, findings: Findings) -> tuple[Address, ...]:
    """Read the addresses of a header in order."""
    return tuple(mailbox.address for mailbox in read_mailboxes(text, findings))


def read_mailboxes(text: str, findings: Findings) -> list[Mailbox]:
    """Read the mailboxes of a header in order, groups opened."""
    found: list[Mailbox] = []
    plain = _CONTROL.sub(" ", text)
    for tokens_of_one in split(tokens(plain)):
        if len(found) >= limits.ADDRESSES:
            findings.note(Defect.ADDRESSES_TOO_MANY)
            break
        mailbox = _mailbox(tokens_of_one, findings)
        if mailbox is not None:
            mailbox = replace(mailbox, is_clean=mailbox.is_clean and plain == text)
            found.append(mailbox)
            if not mailbox.is_clean:
                findings.note(Defect.ADDRESS_MALFORMED)
    return found


def _mailbox(one: list[Token], findings: Findings) -> Mailbox | None:
    angles = [token for token in one if token.kind is Kind.ANGLE]
    if angles:
        return _angled(one, angles, findings=findings)
    return _bare(one, findings)


def _angled(one: list[Token], angles: list[Token], *, findings: Findings) -> Mailbox | None:
    """Read `name <address>`; the last brackets that hold an address are the address."""
    holding = [token for token in angles if "@" in token.text] or angles
    address = _address(holding[-1].text)
    name = _name([token for token in one if token.kind is not Kind.ANGLE], findings)
    if not name:
        name = _name([token for token in one if token.kind is Kind.COMMENT], findings, said=True)
    if not address and not name:
        return None
    is_clean = (
        len(angles) == 1
        and angles[0].is_closed
        and _CLEAN.fullmatch(address) is not None
        and all(token.is_closed for token in one)
        and not any(token.kind is Kind.SEPARATOR for token in one)
        and one[-1].kind in {Kind.ANGLE, Kind.COMMENT}
    )
    return Mailbox(address=Address(name=name, address=address), is_clean=is_clean)


def _bare(one: list[Token], findings: Findings) -> Mailbox | None:
    """Read an address without brackets; its comment is its name (`jane@x (Jane Doe)`)."""
    texts = [token for token in one if token.kind is Kind.TEXT and token.text != ":"]
    spoken = "".join(
        f'"{token.text}"' if token.kind is Kind.QUOTED else token.text
        for token in one
        if token.kind in {Kind.QUOTED, Kind.TEXT}
    )
    address = _address(spoken)
    comments = [token for token in one if token.kind is Kind.COMMENT]
    name = _name(comments, findings, said=True)
    if _CLEAN.fullmatch(address):
        is_clean = all(token.is_closed for token in one) and len(texts) <= 2
        return Mailbox(address=Address(name=name, address=address), is_clean=is_clean)
    return _guessed(one, spoken, findings=findings)


def _guessed(one: list[Token], spoken: str, *, findings: Findings) -> Mailbox | None:
    """Take the one thing in there that looks like an address, the rest as its name."""
    inside = SPOKEN_ADDRESS.search(spoken)
    if inside is None:
        name = _name(one, findings)
        return Mailbox(address=Address(name=name, address=""), is_clean=False) if name else None
    rest = f"{spoken[: inside.start()]} {spoken[inside.end() :]}"
    name = readable(rest, findings).strip(" \"'<>[]:,\t")
    return Mailbox(address=Address(name=name, address=inside[0].strip(".")), is_clean=False)


def _name(one: list[Token], findings: Findings, *, said: bool = False) -> str:
    kinds = {Kind.COMMENT} if said else {Kind.TEXT, Kind.QUOTED, Kind.SEPARATOR}
    text = ""
    for token in one:
        if token.kind not in kinds:
            continue
        glue = "" if token.kind is Kind.SEPARATOR or not text else " "
        text += glue + token.text
    name = " ".join(readable(text, findings).split())
    return name.strip("\"'") if len(name) > 1 and name[0] == name[-1] and name[0] in "\"'" else name


def _address(text: str) -> str:
    plain = _ROUTE.sub("", text.strip())
    plain = plain[7:] if plain.lower().startswith("mailto:") else plain
    if plain.startswith('"'):
        return plain
    return _SPACED.sub(r"\1", plain).strip("'\" ") if '"' not in plain else plain
