"""Successions: who took on whose open work."""

from ambidesk.support.succession.models.succession import Succession, Way

__all__ = ["Succession", "Way"]
