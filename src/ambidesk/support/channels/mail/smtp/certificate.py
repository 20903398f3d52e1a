"""The certificate that mail is taken under: read again when it was renewed, if it can be."""

import logging
import ssl
from pathlib import Path

log = logging.getLogger(__name__)


class Certificate:
    """Certificate chain and key of one server, as files in PEM."""

    def __init__(self, chain: Path, key: Path) -> None:
        self._files = (chain, key)
        self._read_at = self._changed_at()
        self._context = self._read()

    def context(self) -> ssl.SSLContext:
        """Give the context for the next connection."""
        try:
            changed_at = self._changed_at()
            if changed_at != self._read_at:
                self._context, self._read_at = self._read(), changed_at
        except OSError:
            # Half renewed: the next connection looks again.
            log.warning("the certificate cannot be read", exc_info=True)
        return self._context

    def _read(self) -> ssl.SSLContext:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*self._files)
        return context

    def _changed_at(self) -> tuple[int, ...]:
        return tuple(file.stat().st_mtime_ns for file in self._files)


def certificate_of(chain: str, key: str) -> Certificate | None:
    """
    Read what is configured; None when nothing is.

    Raises:
        OSError: the files cannot be read, or are no certificate with its key.
    """
    return Certificate(Path(chain), Path(key)) if chain and key else None
