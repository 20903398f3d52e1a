"""The demo's story: two brands, their people, and a thousand tickets of the last weeks."""

from ambidesk.edge.commands.story.preparing import prepare
from ambidesk.edge.commands.story.telling import tell

__all__ = ["prepare", "tell"]
