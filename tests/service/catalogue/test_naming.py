"""Naming: a request type is read in one's own language, and known by one name to programs."""

from importlib import import_module

import pytest
from django.apps import apps
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as some

from ambidesk.ground.fields.rules.spec import Texts
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.catalogue.arranging import NameTaken, TypeNeedsName, name_request_type
from ambidesk.service.catalogue.models import RequestType
from ambidesk.service.catalogue.rules.naming import by_letters, leading, renamed
from tests.cast import Cast

words = some.sampled_from(["Complaint", "Claim", "Жалоба", "Ёлка", "№ 7"])
maybe = some.just("") | words
texts = some.builds(Texts, en=maybe, ru=maybe).filter(lambda each: bool(each.en or each.ru))


def named(kind: RequestType | None, cast: Cast, name: str = "", **names: str) -> RequestType:
    texts = Texts(**names) if names else None
    return name_request_type(kind, name=name, names=texts, by=SYSTEM, at=cast.at)


def read(kind: RequestType) -> tuple[str, str]:
    """What English and Russian readers read."""
    found = RequestType.objects.get(pk=kind.pk)
    with override("en"):
        english = str(found)
    with override("ru"):
        return english, str(found)


@given(texts, words, texts)
def test_it_is_known_by_one_of_its_names_and_by_that_of_the_same_language(
    names: Texts, name: str, wanted: Texts
) -> None:
    found = leading(names, name, wanted=wanted)
    assert found in {wanted.en, wanted.ru}
    if name == names.ru and wanted.ru:
        assert found == wanted.ru


@given(texts, words, words)
def test_another_name_is_read_and_the_other_language_stays(
    names: Texts, name: str, wanted: str
) -> None:
    found = renamed(names, name, wanted=wanted)
    assert wanted in {found.en, found.ru}
    if names.en and names.ru:
        assert found.en == names.en or found.ru == names.ru


def test_what_was_named_once_is_of_the_language_of_its_letters() -> None:
    assert by_letters("Жалоба") == Texts(ru="Жалоба")
    assert by_letters("Ёлка") == Texts(ru="Ёлка")
    assert by_letters("Plainte") == Texts(en="Plainte")


@pytest.mark.django_db
def test_everybody_reads_it_in_their_language_and_the_other_where_theirs_is_missing(
    cast: Cast,
) -> None:
    kind = named(None, cast, en="Complaint", ru="Жалоба")
    assert read(kind) == ("Complaint", "Жалоба")
    named(kind, cast, ru="Претензия")
    assert read(kind) == ("Претензия", "Претензия")
    named(kind, cast, en="Claim", ru="")
    assert read(kind) == ("Claim", "Claim")


@pytest.mark.django_db
def test_a_second_language_leaves_it_known_by_the_name_it_had(cast: Cast) -> None:
    kind = named(None, cast, "Жалоба")
    kind = named(kind, cast, en="Complaint", ru="Жалоба")
    assert (kind.name, *read(kind)) == ("Жалоба", "Complaint", "Жалоба")
    # Who knows one name only changes what is read in that language.
    kind = named(kind, cast, "Претензия")
    assert (kind.name, *read(kind)) == ("Претензия", "Complaint", "Претензия")


@pytest.mark.django_db
def test_no_two_are_called_alike_in_a_language(cast: Cast) -> None:
    named(None, cast, en="Complaint", ru="Жалоба")
    other = named(None, cast, "Question")
    for field, names in (
        ("name_ru", {"en": "Claim", "ru": "Жалоба"}),
        ("name_en", {"en": " Complaint ", "ru": "Претензия"}),
    ):
        for kind in (None, other):
            with pytest.raises(NameTaken) as refused:
                named(kind, cast, **names)
            assert refused.value.field == field
    assert read(other) == ("Question", "Question")


@pytest.mark.django_db
def test_it_is_called_something(cast: Cast) -> None:
    kind = named(None, cast, en="Complaint", ru="Жалоба")
    for each in (None, kind):
        with pytest.raises(TypeNeedsName):
            named(each, cast, en=" ", ru="")
    assert read(kind) == ("Complaint", "Жалоба")


@pytest.mark.django_db
def test_lists_stand_in_the_order_of_the_words_that_are_read(cast: Cast) -> None:
    for en, ru in (("Apple", "Яблоко"), ("Pear", "Груша"), ("Banana", ""), ("", "Слива")):
        named(None, cast, en=en, ru=ru)
    expected = {
        "en": ["Apple", "Banana", "Pear", "Слива"],
        "ru": ["Груша", "Слива", "Яблоко", "Banana"],
    }
    for language, words in expected.items():
        with override(language):
            assert [str(each) for each in RequestType.objects.in_words()] == words


@pytest.mark.django_db
def test_names_of_before_come_into_the_language_of_their_letters() -> None:
    for name in ("Complaint", "Жалоба"):
        RequestType.objects.create(name=name)
    path = "ambidesk.service.catalogue.migrations.0004_names_in_both_languages"
    import_module(path).give_languages(apps, None)
    found = RequestType.objects.values_list("name", "name_en", "name_ru")
    assert set(found) == {("Complaint", "Complaint", ""), ("Жалоба", "", "Жалоба")}
