"""Watching: whoever holds the journal back is named while they do."""

from datetime import UTC, datetime, timedelta

import psycopg

from ambidesk.ground.kernel import signals
from ambidesk.ground.kernel.models import Problem
from ambidesk.ground.kernel.watching import watch
from tests.ground.kernel.conftest import url_of
from tests.waiting import PATIENCE_SECONDS


def test_a_session_that_writes_for_long_is_named_until_it_ends(clone: str) -> None:
    with psycopg.connect(url_of(clone), application_name="a forgotten console") as session:
        session.execute("CREATE TABLE left_open (n int)")
        watch(at=datetime.now(UTC) + timedelta(seconds=10))
        problem = Problem.objects.get(kind="journal-held")
        assert problem.facts["application"] == "a forgotten console"
        assert problem.facts["pid"] == session.info.backend_pid
    # Telling of the problem is a transaction, too: one under way would be the next that is named.
    assert signals.flush(seconds=PATIENCE_SECONDS)
    watch(at=datetime.now(UTC) + timedelta(seconds=10))
    assert Problem.objects.get(kind="journal-held").solved_at


def test_nobody_is_named_for_a_moment(clone: str) -> None:
    # Taken before: on a busy machine the moment until we look may last for seconds.
    at = datetime.now(UTC)
    with psycopg.connect(url_of(clone)) as session:
        session.execute("CREATE TABLE left_open (n int)")
        watch(at=at)
    assert not Problem.objects.exists()
