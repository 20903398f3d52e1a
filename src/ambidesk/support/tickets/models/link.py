"""Links: tickets that have to do with each other."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.support.tickets.models.ticket import Ticket, TicketQuerySet


class LinkKind(models.TextChoices):
    """What they are to each other."""

    RELATED = "related", _("Related")
    PARENT = "parent", _("Part of")


class LinkQuerySet(models.QuerySet["Link"]):
    """Links as they are asked for."""

    def between(self, ticket: Ticket, others: TicketQuerySet) -> Self:
        """Those of a ticket with one of the others, whichever of the two is the source."""
        return self.filter(source=ticket, target__in=others) | self.filter(
            target=ticket, source__in=others
        )


class Link(models.Model):
    """`source` is related to, or part of, `target`."""

    source = models.ForeignKey(
        Ticket, on_delete=models.PROTECT, related_name="links_from", db_index=False
    )
    target = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="links_to")
    kind = models.CharField(max_length=8, choices=LinkKind.choices)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        """A link stands once; nothing is linked to itself; a ticket is part of one other."""

        constraints = [
            models.UniqueConstraint(
                fields=["source", "target", "kind"],
                condition=models.Q(undone_at=None),
                name="link_once",
            ),
            models.UniqueConstraint(
                fields=["source"],
                condition=models.Q(undone_at=None, kind="parent"),
                name="one_parent",
            ),
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")), name="link_of_two"
            ),
        ]
