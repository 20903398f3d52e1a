"""Files of articles: pictures, video and downloads; seen by whoever reads the article."""

from django.db import models

from ambidesk.ground.files.content import RASTERS
from ambidesk.ground.files.models import Blob
from ambidesk.support.knowledge.models.article import Article

VIDEOS = frozenset({"video/mp4", "video/webm"})


class ArticleFile(models.Model):
    """One file; its key stands in the text."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="files")
    key = models.CharField(max_length=43, unique=True)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    # Of pictures, so that nothing jumps when they come.
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()

    @property
    def kind(self) -> str:
        """Say how it is shown: picture, video or file."""
        if self.blob.content_type in RASTERS:
            return "picture"
        return "video" if self.blob.content_type in VIDEOS else "file"
