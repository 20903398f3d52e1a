"""Recipients in the words of a notice: whose mail it was that came back.

Strong places first: a line that is but an address, an address with a reason behind a colon, a
label; then addresses in sentences that tell of the failure.
"""

import re
from collections.abc import Iterator
from typing import Final

_CHARACTER: Final = r"[\w.!#$%&'*+/=?^`{|}~-]"
_ADDRESS: Final = rf"{_CHARACTER}{{1,320}}@[\w-]+(?:\.+[\w-]+)*"
_ANY: Final = re.compile(rf"(?<!{_CHARACTER}){_ADDRESS}")
_COPY: Final = re.compile(
    r"(?:below|beneath|under|ниже)\b.{0,30}\b(?:line|линии)\b.{0,40}copy|copy of (?:the"
    r"|your) message|original message (?:follows|below|attached|headers?|details)"
    r"|^[^\w\n]{0,30}-+\s*original message|^[^\w\n]{0,30}original message (?:as received|attached"
    r"|follows)"
    r"|returned mail(?: follows)?\W*-|message (?:header|text) follows|unsent message below"
    r"|start of returned message"
    r"|^-+.{0,4}(?:the )?header (?:of|and)|header of the (?:source|original)"
    r"|headers? of the original|message headers follow|first \d+ lines of your"
    r"|summary of the undelivered"
    r"|reads \(in part\)|mensaje original adjunto|副本|拷贝|копия сообщения|included is a copy"
    r"|old message:|this is a copy of|original message details|message body suppressed"
    r"|^-+ ?(?:forwarded message|returned mail|undelivered message|message header)"
    r"|^received: (?:from|by)|session transcript|copy of the original",
    re.IGNORECASE | re.MULTILINE,
)
_NOT_LOST: Final = re.compile(
    r"contact|assistance|postmaster@|abuse@|support@|help@|e-?mail:|mail from|sent by"
    r"|^\s*from\s*:|sender|reply to|visit|https?://|message-id|administrator"
    r"|please (?:call|write|reply|send)|unsubscribe",
    re.IGNORECASE,
)
_OF_THE_HOUSE: Final = re.compile(r"(?:postmaster|abuse|support|help)@", re.IGNORECASE)
_ALONE: Final = re.compile(
    rf"^[\s>*•|\-\[\"'(]*<?(?:smtp:|mailto:"
    rf"|rfc822;\s?)?(?P<address>{_ADDRESS})>?[\s\"'\])]*[:;,.]?\s*$",
    re.IGNORECASE,
)
_REASONED: Final = re.compile(
    rf"^[\s>*•|\-\[\"']*<?(?P<address>{_ADDRESS})>?\]?(?:\s*:(?!\d)|\s+on \w{{3}}, \d|\s*\.\.\."
    rf"|\s+-\s|\s*\(#?\d|\s+\(generated from)",
    re.IGNORECASE,
)
_LABELLED: Final = re.compile(
    r"(?:failed recipient|intended recipient|final recipient|original recipient|recipient"
    r"|error-for|undeliverable address|failed address"
    r"|invalid final delivery userid|unknown user|originally addressed to|generated from"
    r"|undeliverable\s+to|delivery failed \d+ attempts"
    r"|not reach the following recipient|mailbox is full|recipient address|addressed to|empfänger"
    r"|destinataire|destinatario|destinatário|получатель|адресат|smtp)"
    rf"[\s:;='\"\[(<*\-]{{1,12}}(?:smtp:|rfc822;\s?)?<?(?P<address>{_ADDRESS})",
    re.IGNORECASE,
)
_TOLD: Final = re.compile(
    r"(?:deliver\w*(?: your| the)? (?:message|mail|email|e-mail)? ?to|delivered to|(?:message"
    r"|mail) to|delivery of (?:your )?(?:e-?mail|message)s? to(?: this address)?"
    r"|which your message was addressed,"
    r"|local mailbox|reached our local address|(?:e-?mail )?address ?:|intended for"
    r"|pas pu [eê]tre d[eé]livr[eé] [aà]|gateway for|адрес[уа]?)"
    rf"\W{{1,12}}<?(?P<address>{_ADDRESS})",
    re.IGNORECASE,
)
_TRANSCRIPT: Final = re.compile(
    rf"(?:rcpt to:\s*<?|\b5\d\d[\s-].{{0,60}}?<?)(?P<address>{_ADDRESS})", re.IGNORECASE
)
_TO: Final = re.compile(rf"(?:^|\s)to:\s*<?(?P<address>{_ADDRESS})", re.IGNORECASE | re.MULTILINE)
_LOCAL: Final = re.compile(r"^[ \t]+(?P<local>[\w.+-]{2,64})(?:[ \t]{2,}\S.*)?$", re.MULTILINE)
_INTRODUCED: Final = re.compile(
    r"(?:following|recipients?|address\S*|users?).{0,160}?:\s*\n", re.IGNORECASE | re.DOTALL
)
_X400: Final = re.compile(rf"dda:SMTP=(?P<address>{_ADDRESS})", re.IGNORECASE)


def told_part(text: str) -> str:
    """Return what a notice says itself, before the copy of the mail that came back."""
    copy = _COPY.search(text)
    if copy is None:
        return text
    told = text[: copy.start()]
    return told if _ANY.search(told) or len(told.strip()) > 200 else text


def recipients_in(text: str, *, own: frozenset[str], domain: str) -> list[str]:
    """Return the addresses that a notice says failed, the likeliest first, each once."""
    told = told_part(text)
    strong = _strong(told)
    for found in (
        [address for address in strong if not _OF_THE_HOUSE.match(address)],
        _local(told, domain),
        _in_sentences(told),
        strong,
        _in_transcript(told),
        _to(text),
    ):
        kept = {address.lower(): address for address in found if address.lower() not in own}
        if kept:
            return list(kept.values())
    return strong[:1]


def _strong(text: str) -> list[str]:
    found: list[str] = []
    for line in text.splitlines():
        for pattern in (_X400, _ALONE, _REASONED):
            match = pattern.search(line)
            if match is not None and not _NOT_LOST.search(line[: match.start("address")]):
                found.append(_clean(match))
                break
    labelled = [_clean(match) for match in _LABELLED.finditer(text)]
    return [*found, *labelled] if found else labelled


def _in_sentences(text: str) -> list[str]:
    found: list[str] = []
    for paragraph in _paragraphs(text):
        for pattern in (_TOLD, _LABELLED):
            found += [
                _clean(match)
                for match in pattern.finditer(paragraph)
                if not _NOT_LOST.search(paragraph[max(match.start() - 30, 0) : match.end()])
            ]
    return found


def _in_transcript(text: str) -> list[str]:
    named = [_clean(match) for match in _TRANSCRIPT.finditer(text)]
    spoken = [
        address
        for paragraph in _paragraphs(text)
        if not _NOT_LOST.search(paragraph)
        for address in _ANY.findall(paragraph)
    ]
    return [*named, *(address.strip(".'") for address in spoken)]


def _to(text: str) -> list[str]:
    return [_clean(match) for match in _TO.finditer(text)][:1]


def _local(text: str, domain: str) -> list[str]:
    """Return a user's name without a domain as an address in the domain of the mail system."""
    introduced = _INTRODUCED.search(text)
    if introduced is None or not domain:
        return []
    local = _LOCAL.search(text, introduced.end() - 1)
    return [f"{local['local']}@{domain}"] if local and local.start() - introduced.end() < 4 else []


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in re.split(r"\n\s*\n", text):
        yield " ".join(paragraph.split())


def _clean(match: re.Match[str]) -> str:
    return match["address"].strip(".'*`=-")
