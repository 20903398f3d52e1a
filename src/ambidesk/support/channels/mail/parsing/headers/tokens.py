"""Tokens of an address header: what separates, what is quoted, what is said in brackets.

Source: RFC 5322, 3.2 and 4.1.
"""

from dataclasses import dataclass
from enum import Enum, auto


class Kind(Enum):
    TEXT = auto()
    QUOTED = auto()
    COMMENT = auto()
    ANGLE = auto()
    SEPARATOR = auto()
    GROUP = auto()
    END_OF_GROUP = auto()


@dataclass(frozen=True, slots=True)
class Token:
    kind: Kind
    text: str
    is_closed: bool = True


_SPECIAL = frozenset('"(<,;:')


def tokens(text: str) -> list[Token]:
    """Cut an address header into tokens; nothing of it is lost, and open ends are marked."""
    found: list[Token] = []
    start = at = 0
    while at < len(text):
        if text[at] not in _SPECIAL:
            at += 1
            continue
        if text[start:at].strip():
            found.append(Token(Kind.TEXT, text[start:at].strip()))
        token, at = _special(text, at)
        found.append(token)
        start = at
    if text[start:].strip():
        found.append(Token(Kind.TEXT, text[start:].strip()))
    return found


def _special(text: str, at: int) -> tuple[Token, int]:
    match text[at]:
        case '"':
            return _quoted(text, at)
        case "(":
            return _comment(text, at)
        case "<":
            return _angle(text, at)
        case ":":
            return Token(Kind.GROUP, ":"), at + 1
        case ";":
            return Token(Kind.END_OF_GROUP, ";"), at + 1
        case _:
            return Token(Kind.SEPARATOR, ","), at + 1


def _quoted(text: str, at: int) -> tuple[Token, int]:
    said: list[str] = []
    at += 1
    while at < len(text) and text[at] != '"':
        at += text[at] == "\\" and at + 1 < len(text)
        said.append(text[at])
        at += 1
    return Token(Kind.QUOTED, "".join(said), at < len(text)), at + 1


def _comment(text: str, at: int) -> tuple[Token, int]:
    said: list[str] = []
    depth = 1
    at += 1
    while at < len(text):
        character = text[at]
        depth += (character == "(") - (character == ")")
        if not depth:
            break
        at += character == "\\" and at + 1 < len(text)
        said.append(text[at])
        at += 1
    return Token(Kind.COMMENT, "".join(said).strip(), depth == 0), at + 1


def _angle(text: str, at: int) -> tuple[Token, int]:
    """Take what stands in angle brackets, less comments; quotes may hold a bracket."""
    said: list[str] = []
    at += 1
    while at < len(text) and text[at] != ">":
        if text[at] == "<":
            said = []
            at += 1
        elif text[at] == '"':
            token, at = _quoted(text, at)
            said.append(f'"{token.text}"')
        elif text[at] == "(":
            _, at = _comment(text, at)
        else:
            said.append(text[at])
            at += 1
    return Token(Kind.ANGLE, "".join(said).strip(), at < len(text)), at + 1
