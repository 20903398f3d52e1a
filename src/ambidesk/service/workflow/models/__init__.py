"""Processes with their versions; runs with their stays in stages and what was ticked there."""

from ambidesk.service.workflow.models.milestone import Milestone
from ambidesk.service.workflow.models.process import Process, ProcessVersion
from ambidesk.service.workflow.models.run import Run, Stay, Tick

__all__ = ["Milestone", "Process", "ProcessVersion", "Run", "Stay", "Tick"]
