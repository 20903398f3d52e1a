"""Scales: from which number to which each kind of survey goes, and which answers are good."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class SurveyKind(models.TextChoices):
    """What a survey measures."""

    CSAT = "csat", _("Satisfaction (CSAT)")
    NPS = "nps", _("Recommendation (NPS)")
    CES = "ces", _("Effort (CES)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Scores from `low` to `high`, both included; from `good` on one is content."""

    low: int
    high: int
    good: int

    @property
    def scores(self) -> range:
        """Every score, the lowest first."""
        return range(self.low, self.high + 1)

    def holds(self, score: int) -> bool:
        """Say whether the score is one of this scale."""
        return self.low <= score <= self.high

    def is_good(self, score: int) -> bool:
        """Say whether whoever gave it is content."""
        return score >= self.good


SCALES = {
    SurveyKind.CSAT: Scale(low=1, high=5, good=4),
    SurveyKind.NPS: Scale(low=0, high=10, good=9),
    SurveyKind.CES: Scale(low=1, high=7, good=5),
}


def scale_of(kind: str) -> Scale:
    """The scale of a kind of survey."""
    return SCALES[SurveyKind(kind)]
