"""The database connection, read from one URL."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

# A long transaction holds back every reader of the journal, hence the limits.
SESSION = "-c statement_timeout=30s -c idle_in_transaction_session_timeout=30s -c timezone=UTC"


class WrongDatabaseUrl(ValueError):  # noqa: N818 says what is wrong
    """DATABASE_URL is not the address of a PostgreSQL."""


def database_from(url: str) -> dict[str, Any]:
    """
    Read Django's connection settings from a libpq URL.

    Without a URL the settings point nowhere: commands that need no database still start.

    Raises:
        WrongDatabaseUrl: not a postgresql:// address.
    Source: PostgreSQL manual 34.1.1.2 "Connection URIs".
    """
    parts = urlsplit(url or "postgresql:///ambidesk")
    if parts.scheme not in {"postgresql", "postgres"}:
        raise WrongDatabaseUrl(
            f"DATABASE_URL must begin with postgresql:// and it begins with {parts.scheme!r}."
        )
    try:
        number = parts.port
    except ValueError as wrong:
        raise WrongDatabaseUrl(f"DATABASE_URL has no valid port: {wrong}.") from wrong
    query = dict(parse_qsl(parts.query))
    host = query.pop("host", None) or unquote(parts.hostname or "")
    user = query.pop("user", None) or unquote(parts.username or "")
    password = query.pop("password", None) or unquote(parts.password or "")
    port = query.pop("port", None) or str(number or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "ambidesk",
        "USER": user,
        "PASSWORD": password,
        "HOST": host,
        "PORT": port,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": SESSION, "application_name": "ambidesk", **query},
    }
