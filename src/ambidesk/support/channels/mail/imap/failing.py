"""Failing: what went wrong with a mailbox, in the words of the house."""

from collections.abc import Iterator
from contextlib import contextmanager

from imapclient import exceptions

from ambidesk.ground.kernel.texts import one_line
from ambidesk.support.channels.contract.troubles import trouble_of
from ambidesk.support.conversations.models import Trouble

_WAIT = ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[OVERQUOTA]")


class MailboxFailed(Exception):  # noqa: N818 named as what happened
    """The mailbox cannot be read now; `said` is what the server said."""

    def __init__(self, trouble: Trouble, said: str = "") -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
        self.said = said[:500]


@contextmanager
def told(otherwise: Trouble = Trouble.DROPPED) -> Iterator[None]:
    """
    Put into our words what goes wrong within; `otherwise` is for what the server says no to.

    Raises:
        MailboxFailed: something did.
    """
    try:
        yield
    except MailboxFailed:
        raise
    except exceptions.LoginError as refused:
        raise MailboxFailed(_of_login(str(refused)), _plain(refused)) from refused
    except exceptions.CapabilityError as missing:
        raise MailboxFailed(Trouble.NO_ENCRYPTION, _plain(missing)) from missing
    except exceptions.IMAPClientAbortError as broken:
        is_odd = "unexpected response" in str(broken)
        trouble = Trouble.OTHER_PROTOCOL if is_odd else Trouble.DROPPED
        raise MailboxFailed(trouble, _plain(broken)) from broken
    except OSError as failed:
        raise MailboxFailed(trouble_of(failed), _plain(failed)) from failed
    except (exceptions.IMAPClientError, ValueError, UnicodeError, IndexError, KeyError) as odd:
        raise MailboxFailed(otherwise, _plain(odd)) from odd


def _of_login(said: str) -> Trouble:
    if any(word in said.upper() for word in _WAIT):
        return Trouble.BUSY
    disabled = "disabled" in said.lower() or "[PRIVACYREQUIRED]" in said.upper()
    return Trouble.NO_LOGIN if disabled else Trouble.WRONG_PASSWORD


def _plain(failed: Exception) -> str:
    said = one_line(str(failed))
    # The library passes on the server's words as Python writes bytes.
    return said[2:-1] if said[:2] in {"b'", 'b"'} else said
