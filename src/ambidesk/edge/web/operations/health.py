"""Health: whether the process lives, and whether it can serve."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse


def live(_request: HttpRequest) -> HttpResponse:
    """Answer while the process works at all."""
    return JsonResponse({"live": True})


def ready(_request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database is there and of this version, else 503 with the reason."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return JsonResponse({"ready": False, "reason": "database-unreachable"}, status=503)
    if waiting:
        return JsonResponse({"ready": False, "reason": "migrations-waiting"}, status=503)
    return JsonResponse({"ready": True})
