"""An article is written, reviewed, published; nobody overwrites another, and nothing is lost."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from ambidesk.ground.kernel.refusal import NotEntitled
from ambidesk.support.knowledge import publishing, writing
from ambidesk.support.knowledge.addressing import NotASlug, SlugTaken, readdress
from ambidesk.support.knowledge.models import (
    Article,
    FormerSlug,
    Language,
    Outcome,
    Revision,
    Stage,
    Translation,
)
from ambidesk.support.knowledge.writing import Text, begin_article, save_draft
from tests.cast import Cast
from tests.support.knowledge.articles import in_russian, out, published, written

pytestmark = pytest.mark.django_db


def save(cast: Cast, row: Translation, body: str) -> Translation:
    text = Text(title=row.title, body=body)
    return save_draft(row, text, base=row.version, by=cast.actor(cast.olga), at=cast.at)


def test_a_text_goes_from_draft_over_review_to_readers(cast: Cast) -> None:
    olga, admin = cast.actor(cast.olga), cast.actor(cast.admin)
    row = written(cast, by=olga)
    revision = publishing.submit(row, base=1, by=olga, at=cast.at)
    publishing.approve(row, base=1, by=admin, at=cast.at)
    assert publishing.publish(row, base=1, by=admin, at=cast.at) == revision
    row.refresh_from_db()
    assert (row.stage, row.published) == (Stage.PUBLISHED, 1)
    steps = [each.outcome for each in revision.reviews.all()]
    assert steps == [Outcome.PUBLISHED, Outcome.APPROVED, Outcome.SUBMITTED]
    assert [each.title for each in Revision.objects.open_to_public(cast.shop)] == [row.title]


def test_what_is_returned_says_why_and_is_a_draft_again(cast: Cast) -> None:
    olga, admin = cast.actor(cast.olga), cast.actor(cast.admin)
    row = written(cast, by=olga)
    publishing.submit(row, base=1, by=olga, at=cast.at)
    with pytest.raises(publishing.NeedsReason):
        publishing.send_back(row, "  ", base=1, by=admin, at=cast.at)
    back = publishing.send_back(row, "Name the price.", base=1, by=admin, at=cast.at)
    row.refresh_from_db()
    assert (row.stage, back.reviews.first().words) == (Stage.DRAFT, "Name the price.")
    with pytest.raises(publishing.NotInReview):
        publishing.approve(row, base=1, by=admin, at=cast.at)


def test_an_operator_writes_but_does_not_judge_or_publish(cast: Cast) -> None:
    olga = cast.actor(cast.olga)
    row = written(cast, by=olga)
    publishing.submit(row, base=1, by=olga, at=cast.at)
    for verb in (publishing.approve, publishing.publish):
        with pytest.raises(NotEntitled):
            verb(row, base=1, by=olga, at=cast.at)
    with pytest.raises(NotEntitled):
        publishing.archive(row.article, by=olga, at=cast.at)


def test_a_change_after_review_is_a_draft_again_and_readers_keep_what_was_published(
    cast: Cast,
) -> None:
    row = published(cast)
    row = save(cast, row, "Another text.")
    assert row.stage == Stage.DRAFT
    shown = Revision.objects.open_to_public(cast.shop).get()
    assert "Pack it" in shown.body
    row = out(cast, row)
    assert Revision.objects.open_to_public(cast.shop).get().body == "Another text."
    assert row.published == 2


def test_who_saves_over_anothers_text_is_refused_and_nothing_is_lost(cast: Cast) -> None:
    row = written(cast)
    first = save(cast, row, "Hers.")
    with pytest.raises(writing.ChangedMeanwhile):
        save(cast, row, "His.")
    first.refresh_from_db()
    assert (first.body, first.version) == ("Hers.", 2)
    # The same text saved twice is no change, whoever was first.
    again = save_draft(
        row, Text(title=row.title, body="Hers."), base=1, by=cast.actor(cast.ivan), at=cast.at
    )
    assert again.version == 2


def test_what_was_changed_since_it_was_read_is_neither_approved_nor_published(cast: Cast) -> None:
    admin = cast.actor(cast.admin)
    row = written(cast)
    publishing.submit(row, base=1, by=admin, at=cast.at)
    save(cast, row, "Changed behind the reviewer's back.")
    with pytest.raises(writing.ChangedMeanwhile):
        publishing.approve(row, base=1, by=admin, at=cast.at)
    with pytest.raises(writing.ChangedMeanwhile):
        publishing.publish(row, base=1, by=admin, at=cast.at)


def test_a_revision_never_changes(cast: Cast) -> None:
    row = published(cast)
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        row.revisions.update(body="Something else.")


def test_what_readers_have_is_not_published_twice(cast: Cast) -> None:
    row = published(cast)
    with pytest.raises(publishing.NothingNew):
        publishing.publish(row, base=row.version, by=cast.actor(cast.admin), at=cast.at)


def test_a_translation_is_outdated_when_the_other_language_goes_on(cast: Cast) -> None:
    english = published(cast)
    russian = in_russian(cast, english)
    english.refresh_from_db()
    # The first text in Russian says nothing that English lacks, but somebody has to say so.
    english = publishing.confirm_current(english, by=cast.actor(cast.olga), at=cast.at)
    english = save(cast, english, "With a new step.")
    later = cast.at + timedelta(days=1)
    english = out(cast, english, at=later)
    russian.refresh_from_db()
    assert (russian.outdated_at, english.outdated_at) == (later, None)
    publishing.confirm_current(russian, by=cast.actor(cast.olga), at=later)
    english = save(cast, english, "With a new stepp.")
    out(cast, english, minor=True, at=later)
    russian.refresh_from_db()
    assert russian.outdated_at is None


def test_an_address_that_was_public_leads_on_after_a_change(cast: Cast) -> None:
    ada = cast.actor(cast.admin)
    row = published(cast)
    assert row.slug == "how-to-return-a-parcel"
    row = readdress(row, "returns", by=ada, at=cast.at)
    assert FormerSlug.objects.get().slug == "how-to-return-a-parcel"
    # Nobody else gets it, and whoever had it may have it back.
    assert published(cast).slug == "how-to-return-a-parcel-2"
    with pytest.raises(SlugTaken):
        readdress(published(cast, "Other"), "returns", by=ada, at=cast.at)
    with pytest.raises(NotASlug):
        readdress(row, "Мой адрес", by=ada, at=cast.at)
    readdress(row, "how-to-return-a-parcel", by=ada, at=cast.at)
    assert [each.slug for each in FormerSlug.objects.all()] == ["returns"]


def test_staff_see_the_articles_of_the_brands_that_they_serve(cast: Cast) -> None:
    written(cast, "Of the shop")
    written(cast, "Of the lifts", brand=cast.lifts)
    seen = {
        member.user.name: {
            each.translations.get().title for each in Article.objects.visible_to(cast.actor(member))
        }
        for member in (cast.olga, cast.lev, cast.admin)
    }
    assert seen == {
        "Olga Orlova": {"Of the shop"},
        "Lev Lvov": {"Of the lifts"},
        "Ada Adminova": {"Of the shop", "Of the lifts"},
    }


def test_an_article_belongs_to_a_brand_and_has_a_title(cast: Cast) -> None:
    by = cast.actor(cast.admin)
    with pytest.raises(writing.NeedsBrand):
        begin_article(Text(title="A"), language=Language.ENGLISH, brands=[], by=by, at=cast.at)
    with pytest.raises(writing.ArticleNeedsTitle):
        begin_article(
            Text(title=" "), language=Language.ENGLISH, brands=[cast.shop], by=by, at=cast.at
        )
    with pytest.raises(publishing.NothingWritten):
        out(cast, written(cast, body="  "))
