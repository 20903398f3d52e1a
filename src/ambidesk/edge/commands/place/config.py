"""
The desk's configuration: command line over environment over DATA/ambidesk.toml over defaults.

An unknown key or a value of the wrong kind is refused, never passed over.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from zoneinfo import ZoneInfo

from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.trouble import Trouble

FILE = "ambidesk.toml"
ENVIRONMENT = {
    "host": "AMBIDESK_HOST",
    "port": "AMBIDESK_PORT",
    "smtp_host": "AMBIDESK_SMTP_HOST",
    "smtp_port": "AMBIDESK_SMTP_PORT",
    "database_url": "DATABASE_URL",
    "base_url": "AMBIDESK_BASE_URL",
    "smtp_relay": "AMBIDESK_SMTP_RELAY",
    "smtp_certificate": "AMBIDESK_SMTP_CERTIFICATE",
    "smtp_key": "AMBIDESK_SMTP_KEY",
    "hosts": "AMBIDESK_HOSTS",
    "web_processes": "AMBIDESK_WEB_PROCESSES",
    "proxies": "AMBIDESK_PROXIES",
    "time_zone": "AMBIDESK_TIME_ZONE",
    "embeddings_url": "AMBIDESK_EMBEDDINGS_URL",
    "embeddings_model": "AMBIDESK_EMBEDDINGS_MODEL",
    "embeddings_key": "AMBIDESK_EMBEDDINGS_KEY",
    "map_tiles": "AMBIDESK_MAP_TILES",
    "map_credit": "AMBIDESK_MAP_CREDIT",
}
Value = str | int
HIGHEST_PORT = 65535
HERE = {"127.0.0.1", "0.0.0.0", "::1", "::", ""}  # noqa: S104 only to show it


@dataclass(frozen=True, kw_only=True, slots=True)
class Config:
    """What an installation may choose; empty texts mean "not given"."""

    host: str = "127.0.0.1"
    port: int = 8000
    smtp_host: str = "127.0.0.1"
    smtp_port: int = 2525
    database_url: str = ""
    base_url: str = ""
    smtp_relay: str = ""
    smtp_certificate: str = ""
    smtp_key: str = ""
    hosts: str = ""
    web_processes: int = 2
    proxies: int = 0
    time_zone: str = "UTC"
    embeddings_url: str = ""
    embeddings_model: str = ""
    embeddings_key: str = ""

    @property
    def url(self) -> str:
        """The address that people open, without a slash at its end."""
        # Browsers keep passkeys for names only, and trust this one without TLS.
        shown = "localhost" if self.host in HERE else self.host
        return (self.base_url or f"http://{shown}:{self.port}").rstrip("/")


def read(place: Path, chosen: Mapping[str, Value | None] | None = None) -> Config:
    """
    Read the configuration of a data directory.

    Raises:
        Trouble: something in it is no valid value.
    """
    found: dict[str, Value] = dict(_file(place / FILE))
    for name, variable in ENVIRONMENT.items():
        if value := os.environ.get(variable):
            found[name] = _typed(name, value, source=variable)
    found.update({name: value for name, value in (chosen or {}).items() if value is not None})
    config = Config(**found)  # type: ignore[arg-type] # _typed has checked each by its field
    for name in ("port", "smtp_port"):
        if not 0 < getattr(config, name) <= HIGHEST_PORT:
            raise Trouble(
                _("%(name)s must be a port between 1 and 65535, and it is %(value)s.")
                % {"name": name, "value": getattr(config, name)}
            )
    _require_zone(config.time_zone)
    return config


def _require_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError) as wrong:
        raise Trouble(
            _("time_zone must be a time zone such as Europe/Moscow, and it is %(value)s.")
            % {"value": name}
        ) from wrong


def _file(file: Path) -> dict[str, Value]:
    try:
        content = tomllib.loads(file.read_text())
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        raise Trouble(
            _("The configuration %(file)s cannot be read: %(reason)s.")
            % {"file": file, "reason": wrong}
        ) from wrong
    return {name: _typed(name, value, source=str(file)) for name, value in content.items()}


def _typed(name: str, value: object, *, source: str) -> Value:
    kinds = {field.name: field.type for field in fields(Config)}
    if name not in kinds:
        raise Trouble(
            _("%(source)s has an unknown setting %(name)s. There are: %(known)s.")
            % {"source": source, "name": name, "known": ", ".join(kinds)}
        )
    if kinds[name] is int and isinstance(value, str | int) and str(value).isascii():
        try:
            return int(value)
        except ValueError:
            pass
    elif kinds[name] is str and isinstance(value, str):
        return value
    raise Trouble(
        _("%(source)s: %(name)s must be a %(kind)s, and it is %(value)r.")
        % {
            "source": source,
            "name": name,
            "kind": _("number") if kinds[name] is int else _("text"),
            "value": value,
        }
    )
