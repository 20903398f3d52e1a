"""What macros and scripts did with a ticket, in words."""

from collections.abc import Mapping
from typing import Any, Protocol

from django.utils.translation import gettext as _

Data = Mapping[str, Any]


class Named(Protocol):
    """Names by id, of what the sentences mention."""

    @property
    def macros(self) -> Mapping[int, str]: ...

    @property
    def scripts(self) -> Mapping[int, str]: ...


def _macro(data: Data, names: Named) -> str:
    name = {"name": names.macros.get(data["macro_id"], "?")}
    if data["undone"]:
        return _("undid the macro “%(name)s”") % name
    return _("applied the macro “%(name)s”") % name


def _script_begun(data: Data, names: Named) -> str:
    name = {"name": names.scripts.get(data["script_id"], "?")}
    if data["again"]:
        return _("took up the script “%(name)s” again") % name
    return _("began the script “%(name)s”") % name


def _script_finished(data: Data, names: Named) -> str:
    name = {"name": names.scripts.get(data["script_id"], "?")}
    return _("went through the script “%(name)s”") % name


def _script_stopped(data: Data, names: Named) -> str:
    name = {"name": names.scripts.get(data["script_id"], "?")}
    return _("stopped the script “%(name)s”") % name


APPLIED = {
    "desk.macro_applied": _macro,
    "scripts.run_begun": _script_begun,
    "scripts.run_finished": _script_finished,
    "scripts.run_stopped": _script_stopped,
}
