"""Publishing: the way of a text from draft over review to readers, and out of their sight."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.archiving import turn
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.kernel.texts import storable
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.knowledge.events import (
    ArticleArchived,
    ArticleArranged,
    RevisionPublished,
    RevisionReviewed,
    RevisionSubmitted,
)
from ambidesk.support.knowledge.models import (
    Article,
    Outcome,
    Review,
    Revision,
    Stage,
    Translation,
)
from ambidesk.support.knowledge.rights import KnowledgeRight
from ambidesk.support.knowledge.writing import ChangedMeanwhile, require, text_of


class NothingWritten(InvalidInput):
    """There is no text."""

    sentence = _("There is no text yet.")


class NotInReview(Refusal):
    """It is not there to be judged."""

    sentence = _("This text is not in review any more.")


class InReview(Refusal):
    """It waits for somebody's judgement already."""

    sentence = _("This text is in review already.")


class NeedsReason(InvalidInput):
    """It was returned without a word."""

    sentence = _("Say what is to be changed.")


class NotApproved(Refusal):
    """Whoever may only write needs another's approval."""

    sentence = _("Somebody has to approve this text first.")


class NothingNew(Refusal):
    """Readers have this text."""

    sentence = _("This is what readers see already.")


@transaction.atomic
def submit(translation: Translation, *, base: int, by: Actor, at: datetime) -> Revision:
    """
    Send the draft, as of the version `base`, for review.

    Raises:
        NotEntitled, NothingWritten, InReview, ChangedMeanwhile.
        NothingNew: it is what is published.
    """
    require(KnowledgeRight.WRITE, by=by)
    row = _locked(translation, base=base)
    if row.stage in {Stage.REVIEW, Stage.APPROVED}:
        raise InReview
    revision = _revision(row, by=by, at=at)
    if revision.number == row.published:
        raise NothingNew
    _step(revision, Outcome.SUBMITTED, by=by, at=at)
    row.stage = Stage.REVIEW
    row.save(update_fields=["stage"])
    told = RevisionSubmitted(
        article_id=row.article_id, translation_id=row.pk, revision_id=revision.pk
    )
    journal.record(told, by=by, at=at)
    return revision


@transaction.atomic
def approve(translation: Translation, *, base: int, by: Actor, at: datetime) -> Revision:
    """
    Approve what is in review.

    Raises:
        NotEntitled, NotInReview, ChangedMeanwhile.
    """
    return _judge(translation, Outcome.APPROVED, base=base, by=by, at=at)


@transaction.atomic
def send_back(
    translation: Translation, words: str, *, base: int, by: Actor, at: datetime
) -> Revision:
    """
    Return what is in review or approved to its author, with words.

    Raises:
        NotEntitled, NotInReview, NeedsReason, ChangedMeanwhile.
    """
    said = storable(words).strip()[:2000]
    if not said:
        raise NeedsReason(field="words")
    return _judge(translation, Outcome.RETURNED, words=said, base=base, by=by, at=at)


@transaction.atomic
def publish(
    translation: Translation, *, base: int, minor: bool = False, by: Actor, at: datetime
) -> Revision:
    """
    Publish the draft of the version `base`; a minor change leaves other languages as good as new.

    Raises:
        NotEntitled, NothingWritten, NothingNew, ChangedMeanwhile.
        NotApproved: the actor may not approve it themselves, and nobody has.
    """
    require(KnowledgeRight.PUBLISH, by=by)
    row = _locked(translation, base=base)
    if row.stage != Stage.APPROVED and not by.may(KnowledgeRight.REVIEW):
        raise NotApproved
    revision = _revision(row, by=by, at=at)
    if revision.number == row.published:
        raise NothingNew
    _step(revision, Outcome.PUBLISHED, by=by, at=at)
    if not minor:
        others = Translation.objects.filter(
            article=row.article_id, published__isnull=False, outdated_at=None
        )
        others.exclude(pk=row.pk).update(outdated_at=at)
    row.published, row.published_at, row.outdated_at = revision.number, at, None
    row.stage = Stage.PUBLISHED
    row.save(update_fields=["published", "published_at", "outdated_at", "stage"])
    told = RevisionPublished(
        article_id=row.article_id, translation_id=row.pk, revision_id=revision.pk
    )
    journal.record(told, by=by, at=at)
    return revision


@transaction.atomic
def confirm_current(translation: Translation, *, by: Actor, at: datetime) -> Translation:
    """
    Say that a translation says all that the other language does.

    Raises:
        NotEntitled.
    """
    require(KnowledgeRight.WRITE, by=by)
    row = Translation.objects.select_for_update().get(pk=translation.pk)
    row.outdated_at = None
    row.save(update_fields=["outdated_at"])
    journal.record(ArticleArranged(article_id=row.article_id), by=by, at=at)
    return row


@transaction.atomic
def archive(article: Article, *, by: Actor, at: datetime) -> Article:
    """
    Take an article out of the sight of readers, or bring it back.

    Raises:
        NotEntitled.
    """
    require(KnowledgeRight.PUBLISH, by=by)
    row = turn(article, at=at)
    told = ArticleArchived(article_id=row.pk, archived=row.archived_at is not None)
    journal.record(told, by=by, at=at)
    return row


def _judge(
    translation: Translation,
    outcome: Outcome,
    *,
    words: str = "",
    base: int,
    by: Actor,
    at: datetime,
) -> Revision:
    require(KnowledgeRight.REVIEW, by=by)
    row = _locked(translation, base=base)
    approved = outcome is Outcome.APPROVED
    if row.stage not in ({Stage.REVIEW} if approved else {Stage.REVIEW, Stage.APPROVED}):
        raise NotInReview
    revision = row.revisions.order_by("-number")[0]
    _step(revision, outcome, words=words, by=by, at=at)
    row.stage = Stage.APPROVED if approved else Stage.DRAFT
    row.save(update_fields=["stage"])
    told = RevisionReviewed(
        article_id=row.article_id,
        translation_id=row.pk,
        revision_id=revision.pk,
        approved=approved,
    )
    journal.record(told, by=by, at=at)
    return revision


def _locked(translation: Translation, *, base: int) -> Translation:
    row = Translation.objects.select_for_update().get(pk=translation.pk)
    if row.version != base:
        raise ChangedMeanwhile
    return row


def _revision(row: Translation, *, by: Actor, at: datetime) -> Revision:
    """Give the latest revision if the draft is just that, else a new one."""
    if not row.body.strip():
        raise NothingWritten(field="body")
    last = row.revisions.order_by("-number").first()
    said = text_of(row)
    if last and (last.title, last.summary, last.keywords, last.body) == (
        said.title,
        said.summary,
        said.keywords,
        said.body,
    ):
        return last
    return Revision.objects.create(
        translation=row,
        number=last.number + 1 if last else 1,
        title=row.title,
        summary=row.summary,
        keywords=row.keywords,
        body=row.body,
        at=at,
        by_id=row.changed_by_id or by.user_id,
    )


def _step(
    revision: Revision, outcome: Outcome, *, words: str = "", by: Actor, at: datetime
) -> None:
    Review.objects.create(revision=revision, outcome=outcome, words=words, by_id=by.user_id, at=at)
