"""Lists: a page by where it begins, at most a hundred at once. Source: RFC 7644, 3.4.2.4."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import HttpResponse

from ambidesk.edge.api.door import Call
from ambidesk.edge.api.scim.door import only
from ambidesk.edge.api.scim.errors import ScimError, said

LIST: Final = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
AT_ONCE: Final = 100
ROOT: Final = "scim/v2"
M = TypeVar("M", bound=Model)


def listed(
    call: Call, rows: QuerySet[M] | list[M], write: Callable[[list[M]], list[dict[str, Any]]]
) -> HttpResponse:
    """Answer with a page of rows."""
    start, count = max(_number(call, "startIndex", 1), 1), _number(call, "count", AT_ONCE)
    page = list(rows[start - 1 : start - 1 + min(max(count, 0), AT_ONCE)])
    resources = [only(call, each) for each in write(page)]
    total = len(rows) if isinstance(rows, list) else rows.count()
    return said(bundle(resources, total=total, start=start))


def bundle(resources: list[dict[str, Any]], *, total: int, start: int = 1) -> dict[str, Any]:
    """Write a list."""
    return {
        "schemas": [LIST],
        "totalResults": total,
        "startIndex": start,
        "itemsPerPage": len(resources),
        "Resources": resources,
    }


def address(*parts: object) -> str:
    """The whole address of a resource."""
    return "/".join((settings.BASE_URL, ROOT, *map(str, parts)))


def _number(call: Call, name: str, usual: int) -> int:
    given = call.GET.get(name, "")
    if not given:
        return usual
    if not given.lstrip("-").isdecimal() or not given.isascii() or len(given) > 9:
        raise ScimError(400, f"{name} is a number.", kind="invalidValue")
    return int(given)
