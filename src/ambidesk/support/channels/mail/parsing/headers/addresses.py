"""Addresses of a header, and whether they can be taken at their word.

What is read is what a mail client would answer to; whatever needed guessing is a defect, so that
a guessed address is never a proven sender.
Source: RFC 5322, 3.4 and 4.4; RFC 6854 (groups in From); RFC 6532.
"""

import re
from dataclasses import dataclass
from typing import Final

from ambidesk.support.channels.mail.parsing import limits
from ambidesk.support.channels.mail.parsing.defects import Defect
from ambidesk.support.channels.mail.parsing.findings import Findings
from ambidesk.support.channels.mail.parsing.headers.fields import readable
from ambidesk.support.channels.mail.parsing.headers.tokens import Kind, Token, tokens
from ambidesk.support.channels.mail.parsing.parsed import Address

_CLEAN: Final = re.compile(
    r"(?:[^\s@<>()\[\],;:\"\\\x00-\x1f\x7f]+|\"[^\"\r\n]+\")"
    r"@(?:[^\s@<>()\[\],;:\"\\\x00-\x1f\x7f.]+(?:\.[^\s@<>()\[\],;:\"\\\x00-\x1f\x7f.]+)*"
    r"|\[[^\]\s]+\])"
)
_INSIDE: Final = re.compile(r"[^\s@<>()\[\],;:\"'\\]+@[^\s@<>()\[\],;:\"'\\]+")
_ROUTE: Final = re.compile(r"^(?:@[^:,@]+,?\s*)+:")
_SPACED: Final = re.compile(r"\s*([@.])\s*")


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
    for tokens_of_one in _split(tokens(text)):
        if len(found) >= limits.ADDRESSES:
            findings.note(Defect.ADDRESSES_TOO_MANY)
            break
        mailbox = _mailbox(tokens_of_one, findings)
        if mailbox is not None:
            found.append(mailbox)
            if not mailbox.is_clean:
                findings.note(Defect.ADDRESS_MALFORMED)
    return found


def _split(all_tokens: list[Token]) -> list[list[Token]]:
    """Split at separators; a name with a bare comma (`Doe, Jane <j@x>`) stays one mailbox."""
    ones: list[list[Token]] = []
    one: list[Token] = []
    for token in all_tokens:
        match token.kind:
            case Kind.SEPARATOR if one and not _has_address(one):
                one.append(Token(Kind.SEPARATOR, ","))
            case Kind.SEPARATOR:
                ones, one = _closed(ones, one), []
            case Kind.GROUP if _is_scheme(one):
                one = []
            case Kind.GROUP if _has_address(one):
                one.append(Token(Kind.TEXT, ":"))
            case Kind.GROUP:
                one = []
            case Kind.END_OF_GROUP:
                ones, one = _closed(ones, one), []
            case Kind.ANGLE if _holds_angle(one) and one[-1].kind in {Kind.TEXT, Kind.QUOTED}:
                ones, one = _cut(ones, one, token=token)
            case _:
                one.append(token)
    return _closed(ones, one)


def _holds_angle(one: list[Token]) -> bool:
    return any(token.kind is Kind.ANGLE and "@" in token.text for token in one)


def _cut(
    ones: list[list[Token]], one: list[Token], *, token: Token
) -> tuple[list[list[Token]], list[Token]]:
    """Cut `Ann <a@x> Bob <b@y>`, whose comma is missing; neither of the two is clean."""
    last = max(at for at, each in enumerate(one) if each.kind is Kind.ANGLE)
    missing = Token(Kind.SEPARATOR, "")
    return [*ones, [*one[: last + 1], missing]], [*one[last + 1 :], token, missing]


def _closed(ones: list[list[Token]], one: list[Token]) -> list[list[Token]]:
    return [*ones, one] if one else ones


def _is_scheme(one: list[Token]) -> bool:
    return len(one) == 1 and one[0].text.lower() == "mailto"


def _has_address(one: list[Token]) -> bool:
    return any(
        token.kind is Kind.ANGLE or (token.kind is Kind.TEXT and "@" in token.text) for token in one
    )


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
    inside = _INSIDE.search(spoken)
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
