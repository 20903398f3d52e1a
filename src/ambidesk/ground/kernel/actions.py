"""Actions: the verbs that people may automate, once each, by name, with typed parameters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import parameters
from ambidesk.ground.kernel.journal import Acting
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal


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

    `parameters` is a frozen dataclass; kernel.parameters says which types its fields may have.
    One of two calls the verb: `perform_many(subjects, parameters, by, at)` its set form, which
    gives the refusals by subject's id, or `perform(subject, parameters, by, at)` where none is.
    `check(parameters)` refuses, when a step is written, what could never be done.
    """

    name: str
    label: str | Promise
    parameters: type[Any]
    right: str
    perform: Callable[..., object] | None = None
    perform_many: Callable[..., Mapping[int, Refusal]] | None = None
    check: Callable[[Any], None] | None = None


_actions: dict[str, Action] = {}


def register(action: Action) -> None:
    """Add an action to the one list; the same one twice is the same one."""
    # Fields that no JSON can fill are found when the desk starts, not when a rule runs.
    parameters.declared(action.parameters)
    if (action.perform is None) == (action.perform_many is None):
        raise TypeError(f"{action.name} needs one form, single or set")
    if _actions.setdefault(action.name, action) != action:
        raise TypeError(f"two actions are named {action.name}")


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
    Read parameters from JSON; unknown, missing and mistyped ones are refused.

    Raises:
        WrongParameters: they do not fit.
    """
    try:
        return parameters.read(action.parameters, given)
    except parameters.Unfit as unfit:
        raise WrongParameters(name=action.name, which=str(unfit)) from unfit


def perform(
    name: str, given: Mapping[str, Any], *, subject: object, by: Acting, at: datetime
) -> object:
    """
    Do the named action on a subject.

    Raises:
        UnknownAction, WrongParameters: it cannot be understood; any refusal of the verb itself.
    """
    action = named(name)
    parameters = read_parameters(action, given)
    if action.perform:
        return action.perform(subject, parameters, by=by, at=at)
    for refusal in _many(action)([subject], parameters, by=by, at=at).values():
        raise refusal
    return None


def perform_many(
    name: str,
    given: Mapping[str, Any],
    *,
    subjects: Mapping[int, object],
    by: Acting,
    at: datetime,
) -> Mapping[int, Refusal]:
    """
    Do the named action on many subjects, which are named by their ids; give the refusals by id.

    Raises:
        UnknownAction, WrongParameters: it cannot be understood, by none of them.
    """
    action = named(name)
    parameters = read_parameters(action, given)
    if action.perform is None:
        return _many(action)(list(subjects.values()), parameters, by=by, at=at)
    refused = {}
    for key, subject in subjects.items():
        try:
            with transaction.atomic():
                action.perform(subject, parameters, by=by, at=at)
        except Refusal as refusal:
            refused[key] = refusal
    return refused


def _many(action: Action) -> Callable[..., Mapping[int, Refusal]]:
    if action.perform_many is None:
        raise TypeError(f"{action.name} has no form at all")
    return action.perform_many
