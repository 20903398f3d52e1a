"""Problems: every answer that is no success is a problem detail. Source: RFC 9457."""

import json
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field

from ambidesk.ground.kernel.refusal import Refusal

MEDIA_TYPE = "application/problem+json"
ROOT = "/api/"


class WrongPart(Schema):
    """One part of a request that cannot be taken as it is."""

    field: str = Field(description="Where it stands, for example body.subject")
    detail: str = Field(description="What is wrong with it, in English")


class Problem(Schema):
    """Why a request was not answered; `code` is for programs, `detail` for people."""

    type: str = Field(description="Always about:blank; the code tells more")
    title: str = Field(description="The status in words")
    status: int
    code: str = Field(description="A lasting name of the reason, for example already-closed")
    detail: str = Field(description="A sentence in the language of Accept-Language")
    field: str | None = Field(None, description="The field that it is about, if it is about one")
    errors: list[WrongPart] = Field(default_factory=list)
    request_id: str = Field(description="Name it when you ask for help")


def problem(
    request: HttpRequest,
    status: int,
    *,
    code: str,
    detail: str,
    field: str | None = None,
    errors: Sequence[dict[str, str]] = (),
) -> HttpResponse:
    """Answer with a problem."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": _title(status),
        "status": status,
        "code": code,
        "detail": detail,
        "field": field,
        "errors": list(errors),
        "request_id": getattr(request, "id", ""),
    }
    answer = HttpResponse(json.dumps(body), status=status, content_type=MEDIA_TYPE)
    answer["Cache-Control"] = "no-store"
    return answer


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Answer with what a verb said instead of doing it."""
    answer = problem(
        request,
        refusal.status,
        code=refusal.code,
        detail=str(refusal),
        field=refusal.field,
    )
    if refusal.status == HTTPStatus.UNAUTHORIZED:
        answer["WWW-Authenticate"] = 'Bearer realm="Ambidesk"'
    return answer


def not_found(request: HttpRequest) -> HttpResponse:
    """Answer that there is nothing that this key reaches."""
    return problem(request, 404, code="not-found", detail=_("There is nothing here."))


def problems_for_machines(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Make problems of what the framework itself answers under the addresses of the API."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not request.path.startswith(ROOT) or response.status_code < HTTPStatus.BAD_REQUEST:
            return response
        if response.get("Content-Type", "").startswith(MEDIA_TYPE):
            return response
        status = response.status_code
        made = _plain(request, status)
        for kept in ("Allow", "Retry-After"):
            if kept in response:
                made[kept] = response[kept]
        return made

    return answer


def _plain(request: HttpRequest, status: int) -> HttpResponse:
    words = {
        404: _("There is nothing here."),
        405: _("This address does not know this method."),
        413: _("This is too large."),
        500: _("Something broke here. It is noted; try again later."),
    }
    code = _title(status).lower().replace(" ", "-")
    detail = words.get(status, _("This request cannot be understood."))
    return problem(request, status, code=code, detail=detail)


def _title(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"
