"""The certificate that mail is taken under, as smtp_certificate and smtp_key name it."""

import ssl
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509

from ambidesk.edge.commands.place.config import Config
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.trouble import Trouble


def require_certificate(config: Config) -> None:
    """
    Check that what is configured can be used; nothing configured is fine.

    Raises:
        Trouble: one of the two is missing, cannot be read, or they do not belong together.
    """
    chain, key = config.smtp_certificate, config.smtp_key
    if not chain and not key:
        return
    if not chain or not key:
        raise Trouble(
            _("smtp_certificate and smtp_key go together, and only one of them is set. Set both.")
        )
    for file in (chain, key):
        try:
            Path(file).read_bytes()
        except OSError as wrong:
            raise Trouble(
                _("%(file)s cannot be read: %(reason)s. Let the desk's user read it.")
                % {"file": file, "reason": wrong.strerror}
            ) from wrong
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(chain, key)
    except (ssl.SSLError, ValueError) as wrong:
        raise Trouble(
            _("%(chain)s and %(key)s are no certificate with its key, in PEM: %(reason)s.")
            % {"chain": chain, "key": key, "reason": wrong}
        ) from wrong


def days_left(config: Config) -> int:
    """Count the days until the certificate ends; below zero it has."""
    first = x509.load_pem_x509_certificates(Path(config.smtp_certificate).read_bytes())[0]
    return (first.not_valid_after_utc - datetime.now(UTC)).days
