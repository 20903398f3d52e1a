"""Rights over knowledge."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.rights import RightGroup


class KnowledgeRight(StrEnum):
    """What can be granted here."""

    READ = "knowledge.read"
    WRITE = "knowledge.write"
    REVIEW = "knowledge.review"
    PUBLISH = "knowledge.publish"


KNOWLEDGE_RIGHTS = RightGroup(
    title=_("Knowledge"),
    rights=(
        (KnowledgeRight.READ.value, _("Read articles and put them into answers")),
        (KnowledgeRight.WRITE.value, _("Write articles and send them for review")),
        (KnowledgeRight.REVIEW.value, _("Approve articles or return them")),
        (KnowledgeRight.PUBLISH.value, _("Publish and archive articles, order categories")),
    ),
)
