"""The address of a test's own database, for sessions beside Django's."""

from tests.clones import url_of

__all__ = ["url_of"]
