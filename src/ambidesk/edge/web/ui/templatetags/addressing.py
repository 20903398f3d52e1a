"""
Addresses: Django's own `url`, for pages that name a hundred of them.

Django looks an address up and matches it against its pattern at each call. One whose parts are
numbers is put together here from pieces that were found once.
"""

from functools import lru_cache

from django import template
from django.template.base import Node, Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as written
from django.urls import NoReverseMatch, get_urlconf, reverse
from django.utils.html import escape

register = template.Library()
# Stands for a number while the pieces are found; no address has it.
SLOT = 7_100_000_000_000_000_000


class Address(Node):
    """An address of a route with no parts but plain numbers; any other is left to Django."""

    def __init__(self, node: URLNode) -> None:
        self._node = node

    def render(self, context: Context) -> str:
        """Write it."""
        node = self._node
        parts = [each.resolve(context) for each in node.args]
        if node.kwargs or any(type(part) is not int or part < 0 for part in parts):
            return str(node.render(context))
        name = node.view_name.resolve(context)
        try:
            pieces = _pieces(get_urlconf(), name, len(parts))
        except NoReverseMatch:
            return str(node.render(context))
        told = zip(pieces, [*map(str, parts), ""], strict=True)
        address = "".join(piece + part for piece, part in told)
        if node.asvar:
            context[node.asvar] = address
            return ""
        return address


@register.tag
def url(parser: Parser, token: Token) -> Node:
    """Django's own tag, with its arguments and errors."""
    return Address(written(parser, token))


@lru_cache(maxsize=2_000)
def _pieces(urlconf: str | None, name: str, parts: int) -> tuple[str, ...]:
    slots = [SLOT + place for place in range(parts)]
    rest = str(reverse(name, urlconf=urlconf, args=slots))
    pieces = []
    for slot in slots:
        piece, _found, rest = rest.partition(str(slot))
        pieces.append(escape(piece))
    return (*pieces, escape(rest))
