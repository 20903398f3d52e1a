"""What the parts of a desk are told, by their environment."""

import os
from pathlib import Path

from ambidesk.edge.commands.cluster import Cluster
from ambidesk.edge.commands.place.config import Config
from ambidesk.edge.commands.place.secret import secret_of

SETTINGS = "ambidesk.wiring.settings"


def environment(place: Path, config: Config, *, database_url: str) -> dict[str, str]:
    """Give the environment of a part: this process's own, and what the desk adds."""
    told = {
        "AMBIDESK_DATA": str(place),
        "AMBIDESK_SECRET_KEY": secret_of(place),
        "AMBIDESK_BASE_URL": config.url,
        "AMBIDESK_SMTP_RELAY": config.smtp_relay,
        "AMBIDESK_SMTP_CERTIFICATE": config.smtp_certificate,
        "AMBIDESK_SMTP_KEY": config.smtp_key,
        "AMBIDESK_SMTP_HOST": config.smtp_host,
        "AMBIDESK_SMTP_PORT": str(config.smtp_port),
        "AMBIDESK_PROXIES": str(config.proxies),
        "AMBIDESK_TIME_ZONE": config.time_zone,
        "AMBIDESK_EMBEDDINGS_URL": config.embeddings_url,
        "AMBIDESK_EMBEDDINGS_MODEL": config.embeddings_model,
        "AMBIDESK_EMBEDDINGS_KEY": config.embeddings_key,
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "PYTHONUNBUFFERED": "1",
    }
    if config.hosts:
        told["AMBIDESK_HOSTS"] = config.hosts
    return {**os.environ, **told}


def database_url_of(place: Path, config: Config) -> str:
    """
    Give the address of the desk's database: the configured one, or the running embedded one.

    Raises:
        Trouble: none is configured and none runs.
    """
    return config.database_url or Cluster(place).url()
