"""A relay on loopback that speaks real SMTP, does as a test tells it, and keeps a ledger."""

import asyncio
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.waiting import PATIENCE_SECONDS

LOOPBACK = "127.0.0.1"
USER, PASSWORD = "help@polka.example", "пароль correct"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One mail that the relay accepted."""

    sender: str
    recipient: str
    raw: bytes

    @property
    def mail(self) -> EmailMessage:
        found = message_from_bytes(self.raw, policy=policy.default)
        assert isinstance(found, EmailMessage)
        return found


@dataclass(slots=True, kw_only=True)
class Manners:
    """What the relay answers; None is its usual consent."""

    to_sender: Callable[[str], str | None] = lambda _address: None
    to_recipient: Callable[[str], str | None] = lambda _address: None
    to_mail: Callable[[bytes], str | None] = lambda _raw: None
    drops_after: int | None = None
    hangs_at_mail: bool = False
    # Accepts the mail, and breaks off before saying so.
    forgets_to_say: bool = False


@dataclass(slots=True, kw_only=True)
class Relay:
    """Handler of the server, and what the test reads afterwards."""

    manners: Manners = field(default_factory=Manners)
    taken: list[Taken] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    connections: int = 0
    port: int = 0

    @property
    def url(self) -> str:
        return f"smtp://{LOOPBACK}:{self.port}"

    def to(self, address: str) -> list[Taken]:
        return [each for each in self.taken if each.recipient == address]

    async def handle_EHLO(  # noqa: N802 aiosmtpd calls it so
        self, _server: Any, session: Any, _envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        if not getattr(session, "counted", False):
            session.counted = True
            self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802 aiosmtpd calls it so
        self, _server: Any, _session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if refusal := self.manners.to_sender(address):
            self.refused.append(refusal)
            return refusal
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 aiosmtpd calls it so
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        if refusal := self.manners.to_recipient(address):
            self.refused.append(refusal)
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 aiosmtpd calls it so
        self, server: Any, _session: Any, envelope: Any
    ) -> str:
        if self.manners.hangs_at_mail:
            await asyncio.sleep(60)
        if refusal := self.manners.to_mail(envelope.content):
            self.refused.append(refusal)
            return refusal
        if self.manners.drops_after is not None and len(self.taken) >= self.manners.drops_after:
            self.manners.drops_after = None
            server.transport.abort()
            return "421 bye"
        for recipient in envelope.rcpt_tos:
            self.taken.append(
                Taken(sender=envelope.mail_from, recipient=recipient, raw=envelope.content)
            )
        if self.manners.forgets_to_say:
            self.manners.forgets_to_say = False
            server.transport.abort()
        return "250 taken"


@contextmanager
def relay(
    manners: Manners | None = None,
    *,
    tls: ssl.SSLContext | None = None,
    at_once: bool = False,
    login: bool = False,
    utf8: bool = False,
) -> Iterator[Relay]:
    """Run a relay; with `tls` it offers STARTTLS, or speaks TLS from the start."""
    handler = Relay(manners=manners or Manners())
    options: dict[str, Any] = {"hostname": LOOPBACK, "port": 0, "ready_timeout": PATIENCE_SECONDS}
    options["enable_SMTPUTF8"] = utf8
    if tls and at_once:
        options["ssl_context"] = tls
    elif tls:
        options |= {"tls_context": tls, "require_starttls": True}
    if login:
        options |= {"authenticator": _check, "auth_required": True}
        options["auth_require_tls"] = tls is not None and not at_once
    server = Loopback(handler, **options)
    server.start()
    handler.port = server.bound_port
    try:
        yield handler
    finally:
        server.stop()


class Loopback(Controller):
    """A server on a free port of loopback."""

    @property
    def bound_port(self) -> int:
        return int(self.server.sockets[0].getsockname()[1])

    def _trigger_server(self) -> None:
        # The controller knocks at the port it was given, which is 0 here.
        self.port = self.bound_port
        super()._trigger_server()


def _check(
    _server: Any, _session: Any, _envelope: Any, _mechanism: str, data: LoginPassword
) -> AuthResult:
    right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


def certificate(folder: Path, *, name: str = "localhost") -> tuple[ssl.SSLContext, Path]:
    """Make a certificate for a name, signed by itself; the server's context and the file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    names = [x509.DNSName(name)]
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([*names, x509.IPAddress(IPv4Address(LOOPBACK))])
            if name == "localhost"
            else x509.SubjectAlternativeName(names),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / f"{name}.pem", folder / f"{name}.key"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return context, public
