"""Lessons: articles that a newcomer is to read, each ticked when it was read."""

from django.db import models

from ambidesk.parties.staff.models import Member
from ambidesk.support.knowledge.models.article import Article


class Lesson(models.Model):
    """An article on the list of a member."""

    member = models.ForeignKey(
        Member, on_delete=models.CASCADE, related_name="lessons", db_index=False
    )
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        """Each article once."""

        ordering = ["asked_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["member", "article"], name="lesson_once")]
