"""The route table: every address stands in it, and somebody said who may enter."""

from django.urls import URLPattern, URLResolver, get_resolver

from ambidesk.ground.kernel.routes import all_routes
from ambidesk.wiring import routes as wired
from tests.house.matrix import MATRIX

# Asked here so that the table is whole, whichever tests ran before.
PATTERNS = get_resolver(wired.__name__).url_patterns


def declared() -> list[str]:
    """The names of the product's own routes."""
    return sorted(r.name for r in all_routes() if not r.name.startswith("tests-"))


def test_every_address_stands_in_the_route_table() -> None:
    """What is not in the table has no right, and nobody checks it."""

    def names(patterns: list[URLPattern | URLResolver]) -> list[str]:
        found: list[str] = []
        for each in patterns:
            if isinstance(each, URLResolver):
                found += names(each.url_patterns)
            else:
                found.append(each.name or str(each.pattern))
        return found

    assert sorted(names(PATTERNS)) == declared()


def test_every_route_has_a_line_in_the_matrix_and_every_line_a_route() -> None:
    """A new route needs a line in tests/house/matrix.py that says who may enter it."""
    assert sorted(MATRIX) == declared()
