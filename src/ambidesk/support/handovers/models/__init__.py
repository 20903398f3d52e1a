"""Handovers with their rounds, words and files, claims under warranty, and talks by mail."""

from ambidesk.support.handovers.models.claim import Claim
from ambidesk.support.handovers.models.correspondence import Correspondence
from ambidesk.support.handovers.models.handover import Handover, HandoverQuerySet, Round
from ambidesk.support.handovers.models.part import Part
from ambidesk.support.handovers.models.word import HandoverFile, Word, WordKind

__all__ = [
    "Claim",
    "Correspondence",
    "Handover",
    "HandoverFile",
    "HandoverQuerySet",
    "Part",
    "Round",
    "Word",
    "WordKind",
]
