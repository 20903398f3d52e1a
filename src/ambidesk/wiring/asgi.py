"""The web application: streams in the event loop, everything else on a thread pool."""

import os
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ambidesk.wiring.settings")
if data := os.environ.get("AMBIDESK_DATA"):
    # Read by prometheus_client when it is imported: figures of several processes are summed.
    metrics = Path(data) / "run" / "metrics"
    metrics.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(metrics))

import django

django.setup(set_prefix=False)

from a2wsgi import WSGIMiddleware  # noqa: E402 apps first
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402 apps first
from django.urls import get_resolver  # noqa: E402 apps first

from ambidesk.ground.kernel.heap import settle  # noqa: E402 apps first
from ambidesk.wiring.streaming import desk_over  # noqa: E402 apps first

THREADS = 12

pages = WSGIMiddleware(WSGIHandler(), workers=THREADS)  # type: ignore[arg-type]  # own names for WSGI
app = desk_over(pages)  # type: ignore[arg-type]  # own names for ASGI

get_resolver().url_patterns  # noqa: B018 read now: it stays as well
settle()
