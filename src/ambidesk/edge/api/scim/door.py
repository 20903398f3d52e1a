"""
The door of SCIM: whose key it is, whether it keeps staff, and how often it asks.

What changes something runs in one transaction; what is refused leaves nothing behind.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from ambidesk.edge.api import door
from ambidesk.edge.api.bodies import LONGEST_BYTES, NotJson, TooDeeplyNested, read_json
from ambidesk.edge.api.door import Call
from ambidesk.edge.api.operations import mark_of
from ambidesk.edge.api.scim.errors import MEDIA_TYPE, ScimError, error, refused, said
from ambidesk.parties.staff.rights import StaffRight

LOCK = 7_321_009
TAKEN = frozenset({MEDIA_TYPE, "application/json"})
View = Callable[..., HttpResponse]
Guarded = Callable[..., HttpResponseBase]


def behind(view: View) -> Guarded:
    """Let a view be asked by keys that keep staff, and by nobody else."""

    def answer(request: HttpRequest, **parameters: Any) -> HttpResponseBase:
        return door.behind(
            request,
            StaffRight.PROVISION,
            answer=lambda call: _answered(view, call, parameters),
            refuse=refused,
        )

    return answer


def body_of(call: Call) -> dict[str, Any]:
    """
    Read the body.

    Raises:
        ScimError: it is no object of JSON, or too large.
    """
    if call.content_type not in TAKEN:
        raise ScimError(415, f"Send the body as {MEDIA_TYPE}.")
    if len(call.body) > LONGEST_BYTES:
        raise ScimError(413, "The body is too large.")
    try:
        found = read_json(call.body)
    except (NotJson, TooDeeplyNested) as wrong:
        raise ScimError(wrong.status, str(wrong), kind="invalidSyntax") from wrong
    if not isinstance(found, dict):
        raise ScimError(400, "The body is no object.", kind="invalidSyntax")
    return found


def shown(call: Call, resource: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """Answer with a resource and its mark; what the caller has is not sent again."""
    mark = version_of(resource)
    meta = {**resource["meta"], "version": mark}
    if status == 200 and mark in door.marks_in(call, "If-None-Match") and call.method == "GET":
        answer = HttpResponse(status=304)
    else:
        answer = said(only(call, {**resource, "meta": meta}), status)
        answer["Location"] = meta["location"]
    answer["ETag"] = mark
    return answer


def require_same(call: Call, resource: Mapping[str, Any]) -> None:
    """
    Change only what is still as the caller knows it, where the caller says so.

    Raises:
        ScimError: it has changed since.
    """
    wanted = door.marks_in(call, "If-Match")
    if wanted and "*" not in wanted and version_of(resource) not in wanted:
        raise ScimError(412, "The resource has changed since.")


def version_of(resource: Mapping[str, Any]) -> str:
    """The mark of a state."""
    return "W/" + mark_of(json.dumps(resource, sort_keys=True).encode())


def only(call: Call, resource: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what the caller does not want. Source: RFC 7644, 3.9."""
    wanted, unwanted = (
        {each.strip().lower() for each in call.GET.get(name, "").split(",") if each.strip()}
        for name in ("attributes", "excludedAttributes")
    )
    always = {"id", "schemas", "meta"}
    return {
        key: value
        for key, value in resource.items()
        if key in always
        or (
            (not wanted or key.lower() in {each.partition(".")[0] for each in wanted})
            and key.lower() not in unwanted
        )
    }


def _answered(view: View, call: Call, parameters: dict[str, Any]) -> HttpResponse:
    try:
        with transaction.atomic():
            if call.method != "GET":
                # A directory changes whole sets by their parts: one change after the other.
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            return view(call, **parameters)
    except ScimError as wrong:
        return error(wrong.status, wrong.detail, kind=wrong.kind)
    except Http404:
        return error(404, "There is nothing here.")
