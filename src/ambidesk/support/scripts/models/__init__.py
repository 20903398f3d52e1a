"""Scripts, their versions, and runs of them on tickets."""

from ambidesk.support.scripts.models.run import Passage, Run, RunState
from ambidesk.support.scripts.models.script import Script, Version

__all__ = ["Passage", "Run", "RunState", "Script", "Version"]
