"""
Own fields of companies, sites, contacts and equipment: one column each, known by the field's key.

What a cell would be exported as, and is, changes nothing; so what is kept comes back whatever the
field takes today.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.timezone import get_current_timezone

from ambidesk.across.importing.clients import refusals
from ambidesk.across.importing.clients.cells import Row, day
from ambidesk.across.importing.clients.sheets import SHEETS, Column, Sheet
from ambidesk.ground.fields.filling import Custom, form_of
from ambidesk.ground.fields.models import Definition
from ambidesk.ground.fields.rules import values
from ambidesk.ground.fields.rules.refusals import NotAPerson
from ambidesk.ground.fields.rules.spec import CHOSEN, Kind, Spec, Texts
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.parties.companies.models import Card, CardOf
from ambidesk.parties.people.models import Person
from ambidesk.service.assets.models import AssetClass

CARDS: Final = {
    Sheet.COMPANIES: CardOf.COMPANY,
    Sheet.SITES: CardOf.SITE,
    Sheet.CONTACTS: CardOf.CONTACT,
}
BETWEEN: Final = "; "
LANGUAGES: Final = ("en", "ru")
YES: Final = {
    **dict.fromkeys(("yes", "true", "1", "да"), values.YES),
    **dict.fromkeys(("no", "false", "0", "нет"), values.NO),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """
    The fields of a sheet by their keys; of equipment, `of_class` says which a class has.

    `needed` are those that have to say something, by class; by "" where there are no classes.
    """

    specs: Mapping[str, Spec] = field(default_factory=dict)
    of_class: Mapping[str, frozenset[str]] | None = None
    needed: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def of(self, kind: str) -> Iterator[tuple[str, Spec]]:
        """Those that a row has; `kind` is the class of a piece of equipment."""
        if self.of_class is None:
            yield from self.specs.items()
        else:
            own = self.of_class.get(kind.lower(), frozenset())
            yield from ((key, spec) for key, spec in self.specs.items() if key in own)

    def needed_of(self, kind: str) -> Iterator[tuple[str, str]]:
        """Those that a row needs: the key of each, and by what its value is kept."""
        needed = self.needed.get(kind.lower(), frozenset())
        yield from ((key, str(spec.id)) for key, spec in self.specs.items() if key in needed)


def fields_of(sheet: Sheet) -> Fields:
    """Read which fields a sheet has besides."""
    if sheet is Sheet.ASSETS:
        kinds = list(AssetClass.objects.prefetch_related("fields", "needed"))
        return Fields(
            specs=_specs(AssetClass.objects.values("fields")),
            of_class={kind.name.lower(): _keys(kind.fields.all()) for kind in kinds},
            needed={kind.name.lower(): _keys(kind.needed.all()) for kind in kinds},
        )
    if sheet not in CARDS:
        return Fields()
    cards = Card.objects.filter(of=CARDS[sheet])
    needed = Definition.objects.filter(pk__in=cards.values("needed"))
    return Fields(specs=_specs(cards.values("fields")), needed={"": _keys(needed)})


def columns_of(sheet: Sheet) -> tuple[Column, ...]:
    """The columns of a sheet with those of the installation's own."""
    fields = fields_of(sheet)
    needed = {key for key, _kept_by in fields.needed_of("")}
    own = (
        Column(
            key=key,
            title=str(spec.label.said("en")),
            headings=(key,),
            is_needed=key in needed,
        )
        for key, spec in fields.specs.items()
    )
    return (*SHEETS[sheet], *own)


def headings_of(fields: Fields) -> tuple[str, ...]:
    """The headings under which own fields are exported: the key for machines, words for people."""
    return tuple(f"{key} ({spec.label.said('en')})" for key, spec in fields.specs.items())


def cells_of(fields: Fields, custom: Custom, *, kind: str = "") -> tuple[str, ...]:
    """Write what is kept in own fields."""
    own = dict(fields.of(kind))
    return tuple(
        said(spec, custom.get(str(spec.id))) if key in own else ""
        for key, spec in fields.specs.items()
    )


def told_by(
    row: Row, fields: Fields, *, before: Custom, kind: str = "", is_new: bool
) -> dict[str, Any]:
    """
    Say what a row changes of what is kept, as JSON by ids of fields; None is said no more.

    What is wrong is noted on the row; what is needed has to be said of what `is_new`, and of
    nothing is it taken away.
    """
    found: dict[str, Any] = {}
    own = dict(fields.of(kind))
    for key, text in row.own.items():
        spec = fields.specs[key]
        if key not in own:
            if text:
                row.wrong(key, refusals.NoFieldOfTheClass(value=kind[:80]))
        elif _plain(said(spec, before.get(str(spec.id)))) != _plain(text):
            try:
                found[str(spec.id)] = values.written(read(spec, text))
            except InvalidInput as why:
                row.wrong(key, why)
    wrong = {each.column for each in row.problems}
    for key, kept_by in fields.needed_of(kind):
        had = before.get(kept_by)
        is_empty = found.get(kept_by, had) is None
        if is_empty and (is_new or had is not None) and key not in wrong:
            row.wrong(key, refusals.Missing())
    return found


def said(spec: Spec, kept: Any) -> str:
    """Write a kept value as a cell; `read` gives the same value, if its field still takes it."""
    match values.kept(spec, kept):
        case tuple() as chosen:
            return BETWEEN.join(_words_of(spec, each) for each in chosen)
        case bool() as answer:
            return values.YES if answer else values.NO
        case values.Somebody() as somebody:
            return f"#{somebody.id}"
        case None:
            return ""
        case value:
            return str(values.written(value))


def read(spec: Spec, text: str) -> values.Value | None:
    """
    Read a cell; an empty one says nothing. Choices are named in either language, or by #id.

    Raises:
        NotADay, NotAPerson or a FieldRefusal: it is no value of this field.
    """
    if not text:
        return None
    zone = get_current_timezone()
    if spec.kind in CHOSEN:
        parts = [each.strip() for each in text.split(BETWEEN.strip())]
        return values.typed(spec, [_key_of(spec, each) for each in parts if each], zone=zone)
    if spec.kind is Kind.YES:
        return values.typed(spec, [YES.get(text.lower(), text)], zone=zone)
    if spec.kind is Kind.DAY:
        return values.typed(spec, [day(text).isoformat()], zone=zone)
    value = values.typed(spec, [text], zone=zone)
    if isinstance(value, values.Somebody):
        known = Person.objects.filter(pk=value.id, erased_at=None)
        if not known.exists():
            raise NotAPerson(field=spec.name)
    return value


def _keys(rows: Iterable[Definition]) -> frozenset[str]:
    return frozenset(f"field_{each.pk}" for each in rows)


def _specs(ids: Any) -> dict[str, Spec]:
    form = form_of(Definition.objects.filter(pk__in=ids))
    return {question.spec.name: question.spec for question in form.questions}


def _plain(text: str) -> str:
    """Sheets keep the ends of lines each in their own way."""
    return "\n".join(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")).strip()


def _named(spec: Spec, key: int) -> list[str]:
    """The words of a choice, with all that it belongs to, in either language."""
    path: list[Texts] = [each.label for each in spec.path_of(key)]
    spoken = (" / ".join(each.said(language) for each in path) for language in LANGUAGES)
    return [" ".join(words.split()) for words in spoken]


def _meant(spec: Spec, words: str) -> list[int]:
    wanted = " ".join(words.split()).lower()
    return [
        each.id
        for each in spec.options
        if wanted in {named.lower() for named in _named(spec, each.id)}
    ]


def _words_of(spec: Spec, key: int) -> str:
    words = _named(spec, key)[0]
    is_plain = words and not words.startswith("#") and BETWEEN.strip() not in words
    return words if is_plain and _meant(spec, words) == [key] else f"#{key}"


def _key_of(spec: Spec, words: str) -> str:
    if words.startswith("#"):
        return words[1:]
    meant = _meant(spec, words)
    # What names two is no choice of one; the field says so.
    return str(meant[0]) if len(meant) == 1 else words
