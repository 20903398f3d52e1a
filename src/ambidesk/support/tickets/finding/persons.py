"""Persons as search sees them: names and addresses, within the brands of their tickets."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.search.document import Document, Found, Sort
from ambidesk.ground.search.question import NATIONAL
from ambidesk.ground.search.words import joined
from ambidesk.parties.people.models import Identity, IdentityKind, Person
from ambidesk.support.tickets.finding.touching import touched_persons
from ambidesk.support.tickets.finding.writers import marks_of_writer
from ambidesk.support.tickets.models import Ticket


def documents(ids: Sequence[int]) -> Iterable[Document]:
    """Give what can be found of persons; an erased one is none."""
    brands = _brands_of(ids)
    rows = Person.objects.filter(pk__in=ids).known().prefetch_related("identities")
    for person in rows:
        identities = [each for each in person.identities.all() if not each.erased_at]
        names = [word for each in identities for word in _words(each)]
        marks = {mark for each in identities for mark in marks_of_writer(each, person.name)}
        yield Document(
            id=person.pk,
            whole=person.whole,
            at=person.first_at,
            short=" ".join([person.name, *names]),
            body=person.remark,
            scopes=tuple(sorted(brands.get(person.pk, ()))),
            marks=tuple(sorted(marks)),
            persons=(person.pk,),
        )


def found(ids: Sequence[int], actor: Actor) -> Iterable[Found]:
    """Read the persons that the actor may see; of those who were joined one stands for all."""
    rows = Person.objects.visible_to(actor).filter(pk__in=ids).known().select_related("head")
    said: set[int] = set()
    for person in rows.order_by("pk").prefetch_related("identities"):
        if person.whole in said:
            continue
        said.add(person.whole)
        identities = [each for each in person.identities.all() if not each.erased_at]
        values = [each.display or each.value for each in identities]
        yield Found(
            id=person.pk,
            whole=person.whole,
            at=person.first_at,
            title=person.called or next(iter(values), ""),
            detail=", ".join(values[:3]),
            text=person.remark,
        )


def _words(identity: Identity) -> list[str]:
    words = [identity.name, identity.value]
    if identity.kind == IdentityKind.PHONE:
        # As one number, and as it is dialled within the country.
        number = joined(identity.value)
        words += [number, number[-NATIONAL:]]
    return words


def _brands_of(persons: Sequence[int]) -> Mapping[int, set[int]]:
    rows = Ticket.objects.filter(requester__in=persons).values_list("requester", "brand")
    brands: dict[int, set[int]] = {}
    for person, brand in rows.distinct().order_by():
        brands.setdefault(person, set()).add(brand)
    return brands


PERSONS = Sort(
    name="person",
    letter="p",
    label=_("People"),
    documents=documents,
    touched=touched_persons,
    found=found,
)
