"""A database whose locale knows Cyrillic letters; with "C" search in Russian finds nothing."""

from typing import Any

import psycopg

from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.trouble import Trouble

# pg_trgm asks LC_CTYPE what a letter is; with "C" a Cyrillic word has no trigrams.
ASKED = """
    SELECT lower('Ж') = 'ж' AND datctype NOT IN ('C', 'POSIX'), current_setting('server_encoding')
    FROM pg_database WHERE datname = current_database()
"""


def require_letters(connection: psycopg.Connection[Any], place: object) -> None:
    """
    Check that the database can tell a small Cyrillic letter from a capital one.

    Raises:
        Trouble: it cannot.
    """
    row = connection.execute(ASKED).fetchone()
    knows, encoding = row or (False, "?")
    if not knows or encoding != "UTF8":
        raise Trouble(
            _(
                "The database %(place)s does not know Cyrillic letters (encoding %(encoding)s), so "
                "Russian words would not be found. Make a new one with a UTF-8 locale, such as: "
                "CREATE DATABASE ambidesk TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
            )
            % {"place": place, "encoding": encoding}
        )
