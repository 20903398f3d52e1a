"""Planned: a statement is planned once a session, whatever becomes of the transaction around it."""

import pytest
from django.db import ProgrammingError, connection, transaction

from ambidesk.ground.kernel.planned import Planned

SUM = Planned(
    "tests_sum",
    "SELECT %(one)s + %(other)s, %(one)s, %(many)s",
    types={"one": "bigint", "other": "bigint", "many": "bigint[]"},
)


def ask(**given: object) -> tuple[object, ...]:
    with connection.cursor() as cursor:
        cursor.execute(SUM.call(), given)
        return tuple(cursor.fetchone())


def known() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE name = 'tests_sum'")
        return int(cursor.fetchone()[0])


def test_it_gives_what_the_statement_gives_for_other_values(clone: str) -> None:
    assert ask(one=1, other=2, many=[3]) == (3, 1, [3])
    assert ask(one=40, other=2, many=[]) == (42, 40, [])
    assert ask(one=1, other=None, many=None) == (None, 1, None)
    assert known() == 1


def test_what_was_made_in_a_transaction_that_failed_is_there_in_the_next(clone: str) -> None:
    with transaction.atomic():
        assert ask(one=1, other=1, many=[]) == (2, 1, [])
        transaction.set_rollback(True)
    assert ask(one=2, other=2, many=[]) == (4, 2, [])


def test_a_statement_that_cannot_be_planned_fails_like_any_other(clone: str) -> None:
    wrong = Planned("tests_wrong", "SELECT %(one)s FROM tests_no_table", types={"one": "bigint"})
    with pytest.raises(ProgrammingError, match="tests_no_table"):
        wrong.call()


def test_a_new_session_plans_it_anew(clone: str) -> None:
    assert ask(one=1, other=1, many=[]) == (2, 1, [])
    connection.close()
    assert known() == 0
    assert ask(one=2, other=2, many=[]) == (4, 2, [])
