"""Why a file or its mapping cannot be taken, in a sentence each."""

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import InvalidInput


class NotToml(InvalidInput):
    """The mapping is no TOML."""

    sentence = _("The mapping is not TOML: %(why)s.")


class UnknownKey(InvalidInput):
    """The mapping says something that nobody reads."""

    sentence = _("The mapping has an unknown key: %(key)s. Known here: %(known)s.")


class WrongValue(InvalidInput):
    """A key of the mapping has a value that it cannot have."""

    sentence = _("“%(key)s” cannot be %(value)s in the mapping. It is one of: %(known)s.")


class KeyMissing(InvalidInput):
    """The mapping leaves out what it cannot do without."""

    sentence = _("The mapping lacks “%(key)s”.")


class ColumnMissing(InvalidInput):
    """The file has no such column."""

    sentence = _("The file has no column “%(column)s”. It has: %(known)s.")


class NoTable(InvalidInput):
    """The file cannot be read as a table."""

    sentence = _("The file cannot be read as a table: %(why)s.")


class TooLarge(InvalidInput):
    """More than one import takes."""

    sentence = _("The file has more than %(most)s rows. Split it by tickets.")
