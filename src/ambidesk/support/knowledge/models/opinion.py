"""Opinions: whether an article helped, said by a reader without a name."""

from django.db import models

from ambidesk.parties.brands.models import Brand
from ambidesk.parties.people.models import Person
from ambidesk.support.knowledge.models.article import Article
from ambidesk.support.knowledge.models.translation import Language


class Opinion(models.Model):
    """What one browser thinks of an article; `person` once the browser was known to be theirs."""

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="opinions", db_index=False
    )
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="+", db_index=False)
    language = models.CharField(max_length=2, choices=Language.choices)
    reader = models.CharField(max_length=64)
    helped = models.BooleanField()
    words = models.TextField(blank=True, max_length=2000)
    at = models.DateTimeField()
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        """A browser has one opinion of an article."""

        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "reader"], name="knowledge_opinion_once")
        ]
        indexes = [models.Index(fields=["reader"], name="knowledge_opinion_of_reader")]
