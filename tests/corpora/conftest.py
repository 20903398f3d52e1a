"""Tests over the shared corpora: skipped, with a clear line, where these are absent."""

import pytest

from tests.corpora.places import SHARED


@pytest.fixture(scope="session", autouse=True)
def corpora() -> None:
    if not SHARED.is_dir():
        pytest.skip("the shared corpora (../shared/data, or AMBIDESK_SHARED_DATA) are absent")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/corpora/" in item.path.as_posix():
            item.add_marker(pytest.mark.corpora)
