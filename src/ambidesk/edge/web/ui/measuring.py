"""Measuring: each answer's route, status and time, for metrics and for one line of the log."""

import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse
from prometheus_client import Histogram

log = structlog.get_logger(__name__)
SECONDS = Histogram(
    "ambidesk_request_seconds",
    "Time until an answer was ready, by the name of its route",
    ["route", "method", "status"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
# Asked every few seconds by machines: they would drown what people do.
QUIET = {"health-live", "health-ready", "metrics"}


def measure(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Time each answer; addresses stay out, they name persons and may hold secrets."""

    def answer(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = get_response(request)
        took = time.perf_counter() - began
        match = request.resolver_match
        route = (match.url_name if match else "") or "unknown"
        method = str(request.method)
        SECONDS.labels(route, method, str(response.status_code)).observe(took)
        if match and route not in QUIET:
            # Only where somebody asked for the user already: the log costs no query.
            user = getattr(request, "_cached_user", None)
            log.info(
                "request",
                route=route,
                method=method,
                status=response.status_code,
                milliseconds=round(took * 1000, 1),
                user=getattr(user, "pk", None),
            )
        return response

    return answer
