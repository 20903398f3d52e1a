"""Exchanges may be called on loopback, and what they bring lies apart."""

from pathlib import Path

import pytest
from django.conf import settings

from ambidesk.wiring import connectors

connectors.join()


@pytest.fixture(autouse=True)
def loopback(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Call this machine, keep files apart."""
    monkeypatch.setattr(settings, "EGRESS_HOSTS", frozenset({"127.0.0.1"}))
    monkeypatch.setattr(settings, "FILES_ROOT", tmp_path)
