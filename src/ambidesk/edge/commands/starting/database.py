"""A PostgreSQL of the owner's choice, as DATABASE_URL names it: reachable and fit, or refused."""

import re
from urllib.parse import urlsplit

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict

from ambidesk.edge.commands.cluster.letters import require_letters
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.trouble import Trouble

OLDEST = 15
WAIT_SECONDS = 10


def require_database(url: str) -> None:
    """
    Check that the database answers, lets us in and is fit for the desk.

    Raises:
        Trouble: the address is wrong, nobody answers, the password is refused, and so on.
    """
    _require_form(url)
    place = without_password(url)
    try:
        connection = psycopg.connect(url, connect_timeout=WAIT_SECONDS)
    except psycopg.OperationalError as wrong:
        raise _explained(wrong, place) from wrong
    with connection:
        version = connection.info.server_version // 10000
        if version < OLDEST:
            raise Trouble(
                _("%(place)s is PostgreSQL %(found)s; Ambidesk needs %(oldest)s or newer.")
                % {"place": place, "found": version, "oldest": OLDEST}
            )
        require_letters(connection, place)


def without_password(url: str) -> str:
    """Give the address as it may be shown."""
    return re.sub(r"(?<=[?&])password=[^&]*", "password=***", _HIDDEN.sub(r"\1***@", url))


_HIDDEN = re.compile(r"(://[^:/@]*:)[^@/]*@")


def _require_form(url: str) -> None:
    wrong = ""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        wrong = _("it does not begin with postgresql://")
    else:
        try:
            conninfo_to_dict(url)
            parts.port  # noqa: B018 - libpq would look a wrong one up by name
        except (psycopg.ProgrammingError, ValueError) as error:
            wrong = str(error).strip()
    if wrong:
        raise Trouble(
            _(
                "DATABASE_URL is no address of a PostgreSQL: %(reason)s. It looks like "
                "postgresql://user:password@host:5432/ambidesk"
            )
            % {"reason": wrong}
        )


def _explained(wrong: psycopg.OperationalError, place: str) -> Trouble:
    said = str(wrong).strip().splitlines()[-1].strip() if str(wrong).strip() else repr(wrong)
    facts = {"place": place, "reason": said}
    whole = str(wrong)
    # libpq gives no code for what the server says before a session begins.
    if isinstance(wrong, errors.InvalidPassword) or "authentication failed" in whole:
        return Trouble(
            _("%(place)s refuses the user or the password. Correct them in DATABASE_URL.") % facts
        )
    if "does not exist" in whole and "database" in whole:
        return Trouble(
            _(
                "There is no such database at %(place)s. Make it: CREATE DATABASE ambidesk "
                "TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
            )
            % facts
        )
    return Trouble(
        _(
            "The database %(place)s cannot be reached: %(reason)s. Check the address in "
            "DATABASE_URL, and that PostgreSQL runs and accepts connections."
        )
        % facts
    )
