"""Actions: the verbs that people may automate, once each, by name, with typed parameters."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.journal import Acting
from ambidesk.ground.kernel.refusal import InvalidInput


class UnknownAction(InvalidInput):
    """No action has this name."""

    sentence = _("There is no action “%(name)s”.")


class WrongParameters(InvalidInput):
    """The parameters do not fit the action."""

    sentence = _("The action “%(name)s” does not take these parameters: %(which)s.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """
    A verb by name.

    `parameters` is a frozen dataclass whose fields are int, str, bool, datetime or None-able ones;
    `perform(subject, parameters, by, at)` calls the verb.
    """

    name: str
    label: str | Promise
    parameters: type[Any]
    right: str
    perform: Callable[..., object]


_actions: dict[str, Action] = {}


def register(action: Action) -> None:
    """Add an action to the one list."""
    _actions[action.name] = action


def all_actions() -> tuple[Action, ...]:
    """Every action, in the order of registration."""
    return tuple(_actions.values())


def named(name: str) -> Action:
    """
    Find an action.

    Raises:
        UnknownAction: no such name.
    """
    try:
        return _actions[name]
    except KeyError as missing:
        raise UnknownAction(name=name) from missing


def read_parameters(action: Action, given: Mapping[str, Any]) -> Any:
    """
    Read parameters from JSON; unknown, missing and wrong ones are refused.

    Raises:
        WrongParameters: they do not fit.
    """
    known = {each.name: each for each in fields(action.parameters)}
    missing = {
        name
        for name, each in known.items()
        if each.default is MISSING and each.default_factory is MISSING and name not in given
    }
    wrong = (set(given) - set(known)) | missing
    if wrong:
        raise WrongParameters(name=action.name, which=", ".join(sorted(wrong)))
    try:
        return action.parameters(**given)
    except (TypeError, ValueError) as mistaken:
        raise WrongParameters(name=action.name, which=str(mistaken)) from mistaken


def perform(
    name: str, given: Mapping[str, Any], *, subject: object, by: Acting, at: datetime
) -> object:
    """
    Do the named action on a subject.

    Raises:
        UnknownAction, WrongParameters: it cannot be understood; any refusal of the verb itself.
    """
    action = named(name)
    return action.perform(subject, read_parameters(action, given), by=by, at=at)
