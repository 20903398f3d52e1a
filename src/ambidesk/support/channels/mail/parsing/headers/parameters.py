"""Parameters of a header value: Content-Type and Content-Disposition as mailers write them.

Source: RFC 2045, 5.1; RFC 2231 (continuations, charsets); RFC 2047 words where none belong.
"""

import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote_to_bytes

from ambidesk.support.channels.mail.parsing import limits
from ambidesk.support.channels.mail.parsing.defects import Defect
from ambidesk.support.channels.mail.parsing.findings import Findings
from ambidesk.support.channels.mail.parsing.texts.charsets import decode
from ambidesk.support.channels.mail.parsing.texts.words import decode_words

_PARAMETER: Final = re.compile(
    r"[;\s]*(?P<name>[^\s=;\"]{1,80})\s*=\s*"
    r"(?:\"(?P<quoted>(?:[^\"\\]|\\.)*)(?:\"|$)|(?P<bare>[^;]*))",
    re.DOTALL,
)
_SECTION: Final = re.compile(r"^(?P<name>[^*]+)(?:\*(?P<number>\d{1,3}))?(?P<coded>\*)?$")
_VALUE: Final = re.compile(r"\s*([^;]*)")
_ESCAPED: Final = re.compile(r"\\([\"\\])")
_NEXT: Final = re.compile(r"(?<!\s)\s+[\w*-]+\s*=\s*\"")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameterised:
    """A value such as `text/plain`, lower case, with its parameters by lower-case name."""

    value: str
    parameters: dict[str, str] = field(default_factory=dict)


def read_parameters(text: str, findings: Findings) -> Parameterised:
    """Read a value with parameters; the first of doubled parameters counts."""
    head = _VALUE.match(text)
    value = head[1].strip().lower() if head else ""
    at = head.end() if head else 0
    if "=" in value and "/" not in value:
        value, at = "", 0
    sections: dict[str, list[tuple[int, bool, str]]] = {}
    for count, found in enumerate(_PARAMETER.finditer(text, at)):
        if count >= limits.PARAMETERS:
            findings.note(Defect.PARAMETERS_TOO_MANY)
            break
        section = _SECTION.match(found["name"].lower())
        if section is not None:
            piece = (int(section["number"] or 0), bool(section["coded"]), _unquoted(found))
            sections.setdefault(section["name"], []).append(piece)
    joined = {name: _joined(pieces, findings) for name, pieces in sections.items()}
    return Parameterised(value=_clean(value), parameters=joined)


def _clean(value: str) -> str:
    """Drop what follows the type itself, as in `text/plain charset=x` or `text/html (comment)`."""
    words = value.replace("(", " ").split()
    return words[0].strip("\"'<>:,") if words else ""


def _unquoted(found: re.Match[str]) -> str:
    if found["quoted"] is not None:
        return _ESCAPED.sub(r"\1", found["quoted"])
    bare = found["bare"].strip()
    following = _NEXT.search(bare)
    return bare[: following.start()] if following else bare


def _joined(pieces: list[tuple[int, bool, str]], findings: Findings) -> str:
    numbered: dict[int, tuple[bool, str]] = {}
    for number, coded, text in pieces:
        numbered.setdefault(number, (coded, text))
    ordered = [numbered[number] for number in sorted(numbered)]
    if not any(coded for coded, _ in ordered):
        return decode_words("".join(text for _, text in ordered), findings)
    charset, first = _charset(ordered[0][1]) if ordered[0][0] else ("", ordered[0][1])
    texts = [(ordered[0][0], first), *ordered[1:]]
    data = b"".join(_bytes(text, coded=coded) for coded, text in texts)
    return decode_words(decode(data, charset, findings=findings), findings)


def _charset(text: str) -> tuple[str, str]:
    charset, quote, rest = text.partition("'")
    _, second, value = rest.partition("'")
    return (charset, value) if quote and second else ("", text)


def _bytes(text: str, *, coded: bool) -> bytes:
    data = text.encode("utf-8", "surrogateescape")
    return unquote_to_bytes(data) if coded else data
