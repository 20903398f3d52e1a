"""Synonyms: words of a desk that mean one thing; a question for one of them is for all."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

LEAST, MOST = 2, 20


class Synonym(models.Model):
    """Words in any of the languages; several words in one place are asked for together."""

    words = ArrayField(models.CharField(max_length=60))
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """As many words as mean one thing."""

        ordering = ["words", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(words__len__gte=LEAST, words__len__lte=MOST),
                name="knowledge_synonym_has_words",
            )
        ]

    def __str__(self) -> str:
        return " = ".join(self.words)
