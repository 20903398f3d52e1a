"""What a person said holds until they say otherwise; nobody is written to without it."""

from datetime import timedelta

import pytest

from ambidesk.across.privacy.erasing import erase
from ambidesk.parties.consents.allowing import allowed
from ambidesk.parties.consents.models import (
    OPT_IN,
    Consent,
    ConsentDocument,
    Proof,
    Purpose,
    Word,
)
from ambidesk.parties.consents.publishing import NothingToAgreeTo, newest, publish_document
from ambidesk.parties.consents.saying import (
    NeedsNone,
    NeedsWords,
    NobodyThere,
    SaidAlready,
    Statement,
    say,
)
from ambidesk.parties.people.joining import join
from tests.cast import Cast

HOUR = timedelta(hours=1)


def document(cast: Cast, purpose: Purpose = Purpose.NEWS, **more: object) -> ConsentDocument:
    values = {"text": "We may write news to you.", "language": "en", **more}
    by = cast.actor(cast.admin)
    return publish_document(purpose, by=by, at=cast.at, **values)  # type: ignore[arg-type]


def said(cast: Cast, word: Word, *, hours: int = 0, **more: object) -> Consent:
    values = {"purpose": Purpose.NEWS, "proof": Proof.STAFF, "word": word, **more}
    statement = Statement(**values)  # type: ignore[arg-type]
    at = cast.at + hours * HOUR
    return say(cast.anna.person, statement, by=cast.actor(cast.olga), at=at)


def may(cast: Cast, purpose: Purpose) -> bool:
    return bool(allowed([cast.anna], purpose))


def test_without_a_word_only_what_needs_no_yes_may_be_sent(cast: Cast) -> None:
    assert {each for each in Purpose if may(cast, each)} == set(Purpose) - OPT_IN


def test_a_yes_holds_until_it_is_taken_back_and_both_are_kept(cast: Cast) -> None:
    words = document(cast)
    said(cast, Word.YES, document=words)
    assert may(cast, Purpose.NEWS)
    said(cast, Word.NO, hours=2)
    assert not may(cast, Purpose.NEWS)
    first, second = Consent.objects.order_by("pk")
    assert (first.document, first.ended_at) == (words, cast.at + 2 * HOUR)
    assert (second.word, second.ended_at, second.noted_by) == (Word.NO, None, cast.olga.user)


def test_a_yes_names_the_words_that_were_shown(cast: Cast) -> None:
    with pytest.raises(NeedsWords):
        said(cast, Word.YES)
    with pytest.raises(NeedsWords):
        said(cast, Word.YES, document=document(cast, Purpose.PROFILING))
    assert not Consent.objects.exists()


def test_the_same_word_on_the_same_words_is_said_once(cast: Cast) -> None:
    words = document(cast)
    said(cast, Word.YES, document=words)
    with pytest.raises(SaidAlready):
        said(cast, Word.YES, document=words, hours=1)
    said(cast, Word.YES, document=document(cast), hours=2)
    assert Consent.objects.filter(ended_at=None).get().document.version == 2


def test_what_is_said_of_one_channel_goes_before_what_is_said_of_all(cast: Cast) -> None:
    words = document(cast)
    said(cast, Word.YES, document=words)
    said(cast, Word.NO, channel="email", hours=1)
    assert not may(cast, Purpose.NEWS)
    said(cast, Word.NO, hours=2)
    said(cast, Word.YES, document=words, channel="email", hours=3)
    assert may(cast, Purpose.NEWS)


def test_whoever_objects_to_questions_is_asked_none(cast: Cast) -> None:
    assert may(cast, Purpose.SURVEYS)
    said(cast, Word.NO, purpose=Purpose.SURVEYS)
    assert not may(cast, Purpose.SURVEYS)
    assert may(cast, Purpose.SERVICE)


def test_answers_to_own_requests_need_no_consent(cast: Cast) -> None:
    with pytest.raises(NeedsNone):
        said(cast, Word.NO, purpose=Purpose.SERVICE)
    with pytest.raises(NothingToAgreeTo):
        document(cast, Purpose.SERVICE)
    with pytest.raises(NothingToAgreeTo):
        document(cast, text="  ")


def test_a_brand_has_its_own_words_and_else_those_of_all(cast: Cast) -> None:
    everybody, own = document(cast), document(cast, brand=cast.shop)
    assert (everybody.version, own.version) == (1, 1)
    assert newest(Purpose.NEWS, language="en", brand=cast.shop) == own
    assert newest(Purpose.NEWS, language="en", brand=cast.lifts) == everybody
    assert newest(Purpose.NEWS, language="ru", brand=cast.shop) is None


def test_an_erased_person_says_nothing_more_and_what_was_noted_of_them_goes(cast: Cast) -> None:
    said(cast, Word.NO, remark="Anna called")
    erase(cast.anna.person, by=cast.actor(cast.admin), at=cast.at)
    assert Consent.objects.get().remark == ""
    with pytest.raises(NobodyThere):
        said(cast, Word.NO, hours=1)


def test_a_join_never_widens_what_was_agreed_to_and_a_no_holds_for_both(cast: Cast) -> None:
    said(cast, Word.YES, document=document(cast))
    join(cast.anna.person, cast.boris.person, by=cast.actor(cast.olga), at=cast.at)
    assert allowed([cast.anna, cast.boris], Purpose.NEWS) == {cast.anna.pk}
    no = Statement(purpose=Purpose.NEWS, word=Word.NO, proof=Proof.STAFF)
    say(cast.boris.person, no, by=cast.actor(cast.olga), at=cast.at)
    assert allowed([cast.anna, cast.boris], Purpose.NEWS) == set()
