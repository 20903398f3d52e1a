"""Teaching: which articles a newcomer is to read, and which of them they have."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import NotEntitled
from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.parties.staff.models import Member
from ambidesk.support.knowledge.events import LessonsSet, LessonTicked
from ambidesk.support.knowledge.models import Article, Lesson


@transaction.atomic
def set_lessons(
    member: Member, articles: Collection[Article], *, by: Actor, at: datetime
) -> list[Lesson]:
    """Let a member read just these articles; what was ticked stays so, what is left out goes."""
    Member.objects.select_for_update().get(pk=member.pk)
    wanted = [article.pk for article in articles]
    kept = Lesson.objects.filter(member=member)
    kept.exclude(article__in=wanted).delete()
    Lesson.objects.bulk_create(
        [Lesson(member=member, article_id=key, asked_at=at) for key in wanted],
        ignore_conflicts=True,
    )
    told = LessonsSet(member_id=member.pk, article_ids=sorted(wanted))
    journal.record(told, by=by, at=at)
    return list(kept.order_by("asked_at", "pk"))


@transaction.atomic
def tick(lesson: Lesson, *, is_read: bool, by: Actor, at: datetime) -> Lesson:
    """
    Say that an article was read, or was not yet; saying it twice is once.

    Raises:
        NotEntitled: it is somebody else's to say.
    """
    row = Lesson.objects.select_for_update(of=("self",)).select_related("member").get(pk=lesson.pk)
    if by.kind is not ActorKind.USER or by.user_id != row.member.user_id:
        raise NotEntitled
    if (row.read_at is not None) != is_read:
        row.read_at = at if is_read else None
        row.save(update_fields=["read_at"])
        told = LessonTicked(member_id=row.member_id, article_id=row.article_id, is_read=is_read)
        journal.record(told, by=by, at=at)
    return row
