"""The wall: what a session of a client reads, whatever it asks; the ORM has no part in it."""

import pytest
from django.db import DatabaseError, connection, transaction

from ambidesk.ground.reach.wall import ROLE, STANDS, TAKING, beyond, stands, walled
from ambidesk.ground.reach.walling import COMPANIES, of_companies

pytestmark = pytest.mark.django_db


@pytest.fixture
def letters() -> None:
    """A table behind the wall with a letter of each of two companies."""
    policy = of_companies("wall_letter", f"company = ANY({COMPANIES})")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE wall_letter (company bigint, words text)")
        cursor.execute("INSERT INTO wall_letter VALUES (1, 'ours'), (2, 'theirs')")
        for statement in policy.sql:
            cursor.execute(statement)


def read() -> list[str]:
    """Everything that the session can read, asked without any condition."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM wall_letter ORDER BY 1")
        return [words for (words,) in cursor.fetchall()]


def test_a_client_reads_the_rows_of_their_companies_and_no_others(letters: None) -> None:
    assert stands()
    with walled([1]):
        assert read() == ["ours"]
    with walled([1, 2]):
        assert read() == ["ours", "theirs"]
    with walled([]):
        assert read() == []
    assert read() == ["ours", "theirs"]


def test_the_wall_ends_with_the_transaction_whatever_happened_in_it(letters: None) -> None:
    with pytest.raises(RuntimeError), transaction.atomic(), walled([1]):
        raise RuntimeError
    assert read() == ["ours", "theirs"]
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        walled([1]),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT 1 / 0")
    assert read() == ["ours", "theirs"]


def test_within_the_wall_nothing_is_written(letters: None) -> None:
    with (
        pytest.raises(DatabaseError, match="denied"),
        transaction.atomic(),
        walled([1]),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE wall_letter SET words = 'changed'")


def test_a_verb_works_beyond_the_wall_and_leaves_it_standing(letters: None) -> None:
    with walled([2]):
        with beyond(), connection.cursor() as cursor:
            cursor.execute("UPDATE wall_letter SET words = 'changed' WHERE company = 2")
            assert read() == ["changed", "ours"]
        assert read() == ["changed"]


def test_the_wall_stands_for_who_can_take_the_role_and_for_nobody_else(letters: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(STANDS, [ROLE])
        assert cursor.fetchone() == (True,)
        cursor.execute("CREATE ROLE wall_stranger")
        cursor.execute("GRANT wall_stranger TO CURRENT_USER")
        cursor.execute("SET LOCAL ROLE wall_stranger")
        cursor.execute(STANDS, [ROLE])
        assert cursor.fetchone() == (False,)
        # What is asked is a kind of membership that this server knows.
        cursor.execute(f"SELECT {TAKING}")
        wanted = "SET" if connection.connection.info.server_version >= 160_000 else "MEMBER"
        assert cursor.fetchone() == (wanted,)
