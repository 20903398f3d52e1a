"""Handovers with their rounds, the words said about them and the files of these."""

from ambidesk.support.handovers.models.handover import Handover, Round
from ambidesk.support.handovers.models.word import HandoverFile, Word, WordKind

__all__ = ["Handover", "HandoverFile", "Round", "Word", "WordKind"]
