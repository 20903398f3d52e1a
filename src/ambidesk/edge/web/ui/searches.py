"""Searches of strangers: each place has its budget, and each brand one for all of them."""

from ambidesk.edge.web.ui.places import HOUR, MINUTE, Budget, place_of, spend
from ambidesk.edge.web.ui.requests import Request
from ambidesk.parties.brands.models import Brand

# A whole office may stand behind one address; suggestions are asked for at each pause of typing.
SEARCHES, SUGGESTIONS = 60, 300
OF_BRAND = 6_000


def searched(request: Request, brand: Brand) -> int:
    """Count a search; give the seconds to wait where there were too many, else 0."""
    return _counted(request, brand, what="search", most=SEARCHES)


def suggested(request: Request, brand: Brand) -> int:
    """Count a look for suggestions; give the seconds to wait where there were too many, else 0."""
    return _counted(request, brand, what="suggest", most=SUGGESTIONS)


def _counted(request: Request, brand: Brand, *, what: str, most: int) -> int:
    key = f"help:{what}:{place_of(request)}"
    own = spend(
        Budget(what=key, most=most, seconds=MINUTE),
        Budget(what=f"{key}:hour", most=10 * most, seconds=HOUR),
    )
    # What is shared is counted last: who is refused by their own takes nothing from others.
    return own or spend(Budget(what=f"help:brand:{brand.pk}", most=OF_BRAND, seconds=MINUTE))
