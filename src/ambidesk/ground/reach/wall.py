"""
The wall: what a contact's request reads, the database itself cuts to the contact's companies.

Within it the session has the role of clients: it reads and never writes, and policies leave it the
rows of these companies. Verbs work beyond it, on rows that were fetched within it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Final

from django.db import connection, transaction
from psycopg.pq import TransactionStatus

ROLE: Final = "ambidesk_client"
# What the policies ask: ids of the companies of whoever reads, within this transaction only.
SETTING: Final = "ambidesk.companies"
# Since 16 whoever made a role is its member without being able to take it.
TAKING: Final = (
    "CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END"
)
STANDS: Final = f"""
    SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = %s AND pg_has_role(oid, {TAKING}))
"""  # noqa: S608 words of our own
_standing: set[str] = set()


@contextmanager
def walled(companies: Iterable[int]) -> Iterator[None]:
    """Read as a client of these companies; without the role (see `doctor`) by `reach` alone."""
    with nullcontext() if connection.in_atomic_block else transaction.atomic():
        if not stands():
            yield
            return
        _become(ROLE, ",".join(str(int(each)) for each in sorted(companies)))
        try:
            yield
        finally:
            _become("NONE", "")


@contextmanager
def beyond() -> Iterator[None]:
    """Let a verb of ours work on rows that were fetched within the wall."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting(%s, true)", [SETTING])
        role, companies = cursor.fetchone()
    if role != ROLE:
        yield
        return
    _become("NONE", "")
    try:
        yield
    finally:
        _become(ROLE, companies)


def stands() -> bool:
    """Whether this session can take the role of clients."""
    name = connection.settings_dict["NAME"]
    if name not in _standing:
        with connection.cursor() as cursor:
            cursor.execute(STANDS, [ROLE])
            if not cursor.fetchone()[0]:
                return False
        _standing.add(name)
    return True


def _become(role: str, companies: str) -> None:
    """Take a role until the end of the transaction; a broken one ends with it anyhow."""
    session = connection.connection
    if session is None or session.info.transaction_status == TransactionStatus.INERROR:
        return
    with connection.cursor() as cursor:
        # One way for both; nothing in it comes from outside.
        cursor.execute(f"SET LOCAL ROLE {role}; SET LOCAL {SETTING} = '{companies}'")
