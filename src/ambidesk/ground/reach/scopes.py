"""Scopes: what a key to the API can be given, each a name for rights that roles hold too."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A scope such as tickets:read, the rights in it, and the sentence it has on the screen."""

    key: str
    words: str | Promise
    rights: frozenset[str]


_scopes: dict[str, Scope] = {}


def declare(scopes: Iterable[Scope]) -> None:
    """Add scopes to those that a key can be given."""
    _scopes.update({scope.key: scope for scope in scopes})


def all_scopes() -> tuple[Scope, ...]:
    """Every scope, in the order of their declaration."""
    return tuple(_scopes.values())


def rights_in(keys: Iterable[str]) -> frozenset[str]:
    """The rights in these scopes; what is no scope any more holds none."""
    known = (_scopes[key] for key in keys if key in _scopes)
    return frozenset(right for scope in known for right in scope.rights)


def scopes_with(right: str) -> tuple[str, ...]:
    """The scopes that hold a right, the narrowest first."""
    holding = [scope for scope in _scopes.values() if right in scope.rights]
    return tuple(scope.key for scope in sorted(holding, key=lambda scope: len(scope.rights)))
