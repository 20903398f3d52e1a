"""Rules, their versions, what they did, and what they would have done."""

from ambidesk.across.automation.models.rule import Rule, RuleVersion
from ambidesk.across.automation.models.run import Run, RunState
from ambidesk.across.automation.models.trial import Outcome, Trial, TrialCase, TrialState

__all__ = [
    "Outcome",
    "Rule",
    "RuleVersion",
    "Run",
    "RunState",
    "Trial",
    "TrialCase",
    "TrialState",
]
