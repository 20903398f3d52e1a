"""The doctor's words about the wall are all that an administrator has to run."""

import pytest

from ambidesk.wiring import checks

pytestmark = pytest.mark.django_db


def test_tables_of_a_later_version_are_open_to_clients_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "stands", lambda: False)
    state, words = checks.Wall(name="wall").look()
    assert state == "warn"
    assert "ALTER DEFAULT PRIVILEGES FOR ROLE" in words
    assert "GRANT SELECT ON TABLES TO ambidesk_client" in words
