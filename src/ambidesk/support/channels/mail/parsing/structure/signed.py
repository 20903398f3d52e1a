"""
Signed: what stands inside an opaque signature (smime.p7m); who signed is not asked.

Source: RFC 8551 3.5.2, RFC 5652 5.1, X.690 for BER with definite and indefinite lengths.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

KINDS: Final = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_SIGNED_DATA: Final = bytes.fromhex("2a864886f70d010702")
_DATA: Final = bytes.fromhex("2a864886f70d010701")
_SEQUENCE, _OID, _OCTETS, _CONTEXT_0 = 0x30, 0x06, 0x04, 0xA0
_CONSTRUCTED: Final = 0x20
_INDEFINITE: Final = 0x80
_LONG_TAG: Final = 0x1F
_DEPTH: Final = 8
_LENGTH_BYTES: Final = 4


class NotSigned(ValueError):  # noqa: N818 says what it is not
    """It is no signed data, or is broken."""


@dataclass(frozen=True, slots=True)
class _Value:
    tag: int
    content: memoryview


def signed_content(content: bytes) -> bytes | None:
    """Give the MIME entity that was signed; None where there is none, as in what is encrypted."""
    try:
        outer = _first(memoryview(content), _SEQUENCE)
        kind, wrapped = _pair(outer)
        if bytes(kind.content) != _SIGNED_DATA or wrapped.tag != _CONTEXT_0:
            return None
        # version, digestAlgorithms, encapContentInfo, ...
        parts = list(_values(_first(wrapped.content, _SEQUENCE)))
        kind, data = _pair(parts[2].content)
        if bytes(kind.content) != _DATA or data.tag != _CONTEXT_0:
            return None
        return b"".join(_octets(next(_values(data.content)), depth=0)) or None
    except (NotSigned, IndexError, StopIteration):
        return None


def _octets(value: _Value, *, depth: int) -> Iterator[bytes]:
    """Give the pieces of a string, which may be made of strings."""
    if value.tag == _OCTETS:
        yield bytes(value.content)
    elif value.tag == _OCTETS | _CONSTRUCTED and depth < _DEPTH:
        for piece in _values(value.content):
            yield from _octets(piece, depth=depth + 1)
    else:
        raise NotSigned


def _pair(sequence: memoryview) -> tuple[_Value, _Value]:
    values = list(_values(sequence))
    if len(values) < 2 or values[0].tag != _OID:
        raise NotSigned
    return values[0], values[1]


def _first(data: memoryview, tag: int) -> memoryview:
    value = next(_values(data))
    if value.tag != tag:
        raise NotSigned
    return value.content


def _values(data: memoryview) -> Iterator[_Value]:
    """Walk through the values of a level; the end-of-contents mark ends it."""
    at = 0
    while at < len(data) and bytes(data[at : at + 2]) != b"\0\0":
        value, at = _read(data, at, depth=0)
        yield value


def _read(data: memoryview, at: int, *, depth: int) -> tuple[_Value, int]:
    if at + 2 > len(data) or depth > _DEPTH or data[at] & _LONG_TAG == _LONG_TAG:
        raise NotSigned
    tag, length = data[at], data[at + 1]
    start = at + 2
    if length == _INDEFINITE:
        end = _end_of_contents(data, start, depth=depth)
        return _Value(tag, data[start:end]), end + 2
    if length > _INDEFINITE:
        size = length - _INDEFINITE
        if size > _LENGTH_BYTES:
            raise NotSigned
        length = int.from_bytes(data[start : start + size], "big")
        start += size
    if start + length > len(data):
        raise NotSigned
    return _Value(tag, data[start : start + length]), start + length


def _end_of_contents(data: memoryview, at: int, *, depth: int) -> int:
    while bytes(data[at : at + 2]) != b"\0\0":
        _value, at = _read(data, at, depth=depth + 1)
    return at
