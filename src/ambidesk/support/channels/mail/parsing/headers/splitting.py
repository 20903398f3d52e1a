"""Splitting the tokens of an address header into those of each mailbox, groups opened.

A name with a bare comma (`Doe, Jane <j@x>`) stays one mailbox; a separator left inside one marks
that it had to be guessed.
"""

from ambidesk.support.channels.mail.parsing.headers.tokens import Kind, Token

_BARE_COMMA = Token(Kind.SEPARATOR, ",")
_MISSING_COMMA = Token(Kind.SEPARATOR, "")


def split(all_tokens: list[Token]) -> list[list[Token]]:
    """Split at separators and at the ends of groups."""
    splitter = _Splitter()
    for token in all_tokens:
        splitter.take(token)
    splitter.close()
    return splitter.ones


class _Splitter:
    """Gathers the tokens of one mailbox and knows whether an address is among them."""

    def __init__(self) -> None:
        self.ones: list[list[Token]] = []
        self._one: list[Token] = []
        self._has_address = False
        self._angle_at: int | None = None

    def take(self, token: Token) -> None:
        match token.kind:
            case Kind.SEPARATOR if self._one and not self._has_address:
                self._one.append(_BARE_COMMA)
            case Kind.SEPARATOR | Kind.END_OF_GROUP:
                self.close()
            case Kind.GROUP if self._has_address:
                self._one.append(Token(Kind.TEXT, ":"))
            case Kind.GROUP:
                self._one = []
            case Kind.ANGLE if self._angle_at is not None and self._is_named_again():
                self._cut(token)
            case _:
                self._add(token)

    def close(self) -> None:
        if self._one:
            self.ones.append(self._one)
        self._one, self._has_address, self._angle_at = [], False, None

    def _add(self, token: Token) -> None:
        self._one.append(token)
        holds = "@" in token.text
        self._has_address |= token.kind is Kind.ANGLE or (token.kind is Kind.TEXT and holds)
        if token.kind is Kind.ANGLE and holds:
            self._angle_at = len(self._one)

    def _is_named_again(self) -> bool:
        return self._one[-1].kind in {Kind.TEXT, Kind.QUOTED}

    def _cut(self, token: Token) -> None:
        """Cut `Ann <a@x> Bob <b@y>`, whose comma is missing; neither of the two is clean."""
        first, second = self._one[: self._angle_at], self._one[self._angle_at :]
        self.ones.append([*first, _MISSING_COMMA])
        self._one, self._angle_at = [*second, _MISSING_COMMA], None
        self._add(token)
