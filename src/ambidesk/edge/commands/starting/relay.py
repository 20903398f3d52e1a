"""
The SMTP relay that outgoing mail goes through, as AMBIDESK_SMTP_RELAY names it.

Form: smtp://user:password@host:port (STARTTLS where offered) or smtps:// (TLS from the start).
"""

import smtplib
import ssl
from urllib.parse import SplitResult, unquote, urlsplit

from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.trouble import Trouble

WAIT_SECONDS = 10
PORTS = {"smtp": 587, "smtps": 465}


def require_relay(url: str) -> None:
    """
    Check that the relay answers and lets us in; nothing is sent.

    Raises:
        Trouble: the address is wrong, nobody answers, or the password is refused.
    """
    parts = _parsed(url)
    place = f"{parts.hostname}:{_port(parts)}"
    try:
        _greet(parts)
    except smtplib.SMTPAuthenticationError as wrong:
        raise Trouble(
            _(
                "The mail relay %(place)s refuses the user or the password (%(code)s). Correct "
                "them in AMBIDESK_SMTP_RELAY; special characters are written as %%40 and so on."
            )
            % {"place": place, "code": wrong.smtp_code}
        ) from wrong
    except (OSError, smtplib.SMTPException) as wrong:
        reason = getattr(wrong, "strerror", None) or wrong
        raise Trouble(
            _(
                "The mail relay %(place)s cannot be reached: %(reason)s. Check host and port in "
                "AMBIDESK_SMTP_RELAY, and that the relay runs."
            )
            % {"place": place, "reason": reason}
        ) from wrong


def _parsed(url: str) -> SplitResult:
    parts = urlsplit(url)
    try:
        port_is_valid = parts.port is None or parts.port > 0
    except ValueError:
        port_is_valid = False
    if parts.scheme not in PORTS or not parts.hostname or not port_is_valid:
        raise Trouble(
            _(
                "AMBIDESK_SMTP_RELAY is no address of a mail relay. It looks like "
                "smtp://user:password@mail.example.org:587"
            )
        )
    return parts


def _port(parts: SplitResult) -> int:
    return parts.port or PORTS[parts.scheme]


def _greet(parts: SplitResult) -> None:
    host = parts.hostname or ""
    secure = ssl.create_default_context()
    with (
        smtplib.SMTP_SSL(host, _port(parts), timeout=WAIT_SECONDS, context=secure)
        if parts.scheme == "smtps"
        else smtplib.SMTP(host, _port(parts), timeout=WAIT_SECONDS)
    ) as relay:
        relay.ehlo()
        if parts.scheme == "smtp" and relay.has_extn("starttls"):
            relay.starttls(context=secure)
            relay.ehlo()
        if parts.username:
            relay.login(unquote(parts.username), unquote(parts.password or ""))
