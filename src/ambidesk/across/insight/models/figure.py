"""Figures: the sums of alike facts of a day, which pages read whatever the history."""

from django.db import models

from ambidesk.ground.reach.branches import Visible


class FigureQuerySet(Visible["Figure"]):
    """Figures."""


class Figure(models.Model):
    """One cell: so many facts of a kind on a day of the desk's zone, of one place and step."""

    day = models.DateField()
    kind = models.CharField(max_length=14)
    brand = models.BigIntegerField()
    team = models.BigIntegerField(null=True)
    channel = models.BigIntegerField(null=True)
    member = models.BigIntegerField(null=True)
    bucket = models.SmallIntegerField()
    number = models.IntegerField()
    flagged = models.IntegerField()
    total = models.BigIntegerField()

    objects = FigureQuerySet.as_manager()

    class Meta:
        """A cell is one row, also where it belongs to nobody."""

        constraints = [
            models.UniqueConstraint(
                fields=["day", "kind", "brand", "team", "channel", "member", "bucket"],
                nulls_distinct=False,
                name="figure_once",
            ),
        ]
