"""Arranging: a policy over tickets; its condition is one of tickets."""

from dataclasses import replace
from datetime import datetime

from ambidesk.ground.conditions.parsing import read, written
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.sla.arranging import Promising, arrange_policy
from ambidesk.service.sla.models import Policy
from ambidesk.support.tickets.fields import TICKET_VOCABULARY


def arrange_ticket_policy(
    policy: Policy | None, said: Promising, *, by: Actor, at: datetime
) -> Policy:
    """
    Make a policy over tickets, or change one.

    Raises:
        NotACondition and its sisters: the condition is none of tickets.
        NameTaken, NoTargets, TakesNoTime, WarnsTooEarly: as arrange_policy.
    """
    if said.condition is not None:
        condition = written(read(said.condition, TICKET_VOCABULARY))
        said = replace(said, condition=condition)
    return arrange_policy(policy, said, by=by, at=at)
