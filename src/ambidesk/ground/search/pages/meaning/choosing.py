"""Choosing: the endpoint of the configuration, else the bundled engine where it is installed."""

from functools import cache

from django.conf import settings
from django.db import connection

from ambidesk.ground.search.pages.meaning.bundled import Bundled, is_installed
from ambidesk.ground.search.pages.meaning.endpoint import Endpoint
from ambidesk.ground.search.pages.meaning.engine import Engine

OFF = "off"
EXTENSION = (
    "SELECT installed_version IS NOT NULL FROM pg_available_extensions WHERE name = 'vector'"
)
EXTEND = """
    DO $$ BEGIN
        CREATE EXTENSION IF NOT EXISTS vector SCHEMA public;
    EXCEPTION WHEN OTHERS THEN NULL;  -- not there, or not ours to create: doctor tells
    END $$
"""
_found: set[str] = set()


def engine() -> Engine | None:
    """Give the engine of this desk; None where the search goes by words alone, or is told to."""
    if settings.EMBEDDINGS_URL == OFF:
        return None
    return _engine(settings.EMBEDDINGS_URL, settings.EMBEDDINGS_MODEL, settings.EMBEDDINGS_KEY)


def compares() -> bool:
    """Say whether the database compares vectors; once it does it does not cease to."""
    alias = str(connection.settings_dict["NAME"])
    if alias not in _found:
        with connection.cursor() as cursor:
            cursor.execute(EXTENSION)
            row = cursor.fetchone()
        if row and row[0]:
            _found.add(alias)
    return alias in _found


def extend() -> bool:
    """Have the database compare vectors if it can; say whether it does."""
    if not compares():
        with connection.cursor() as cursor:
            cursor.execute(EXTEND)
    return compares()


@cache
def _engine(url: str, model: str, key: str) -> Engine | None:
    if url:
        return Endpoint(url=url, model=model or "default", key=key)
    return Bundled() if is_installed() else None
