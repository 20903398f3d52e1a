"""Errors as SCIM says them. Source: RFC 7644, 3.12."""

import json
from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpResponse

from ambidesk.ground.kernel.refusal import InvalidInput, Refusal

MEDIA_TYPE: Final = "application/scim+json"
ERROR: Final = "urn:ietf:params:scim:api:messages:2.0:Error"
UNIQUENESS = frozenset({"already-staff", "already-provisioned", "team-name-taken"})
Document = Mapping[str, Any]


class ScimError(Exception):
    """What a directory is told instead of an answer; `kind` is the RFC's word for it."""

    def __init__(self, status: int, detail: str, *, kind: str = "") -> None:
        super().__init__(detail)
        self.status, self.detail, self.kind = status, detail, kind


def said(body: Document, status: int = 200) -> HttpResponse:
    """Answer with a document."""
    return HttpResponse(json.dumps(body), status=status, content_type=MEDIA_TYPE)


def error(status: int, detail: str, *, kind: str = "") -> HttpResponse:
    """Answer with an error."""
    named = {"scimType": kind} if kind else {}
    return said({"schemas": [ERROR], "status": str(status), **named, "detail": detail}, status)


def refused(refusal: Refusal) -> HttpResponse:
    """Answer with what a verb said instead of doing it."""
    if refusal.code in UNIQUENESS:
        return error(409, str(refusal), kind="uniqueness")
    if isinstance(refusal, InvalidInput):
        return error(400, str(refusal), kind="invalidValue")
    answer = error(refusal.status, str(refusal))
    if refusal.status == 401:
        answer["WWW-Authenticate"] = 'Bearer realm="Ambidesk"'
    return answer
