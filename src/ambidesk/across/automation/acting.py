"""What rules may do: the actions of the one list, less what needs a person who chooses."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import actions
from ambidesk.ground.kernel.actions import Action
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.desk.steps.step import ELSEWHERE, Step, require_rights

# Whoever answers by machine keeps to RFC 3834, and nobody is a rule's "oneself".
NOT_FOR_RULES = ELSEWHERE | {"tickets.take", "desk.say", "desk.answer_with"}
# What macros and scripts have better forms of.
ONLY_FOR_RULES = "automation."


class NotForRules(InvalidInput):
    """A person does this."""

    sentence = _("A rule cannot do this: %(label)s.")


def offered_to_rules() -> tuple[Action, ...]:
    """The actions that a rule can be made of."""
    return tuple(each for each in actions.all_actions() if is_for_rules(each.name))


def is_for_rules(name: str) -> bool:
    """Say whether a rule can do the action of this name."""
    return name.startswith(ONLY_FOR_RULES) or name not in NOT_FOR_RULES


def require_allowed(steps: Sequence[Step], *, by: Actor) -> None:
    """
    Check that rules can do each step, and that whoever makes the rule may do it themselves.

    Raises:
        NotForRules, MayNotStep, UnknownAction: not this one.
    """
    for step in steps:
        if not is_for_rules(step.action):
            raise NotForRules(field="then", label=actions.named(step.action).label)
    require_rights(steps, by=by)
