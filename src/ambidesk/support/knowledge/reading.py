"""Reading: that a browser opened an article, asked afterwards, thought of it; without a name."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ambidesk.ground.kernel.texts import storable
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.people.models import Person
from ambidesk.support.knowledge.models import Article, Ask, Door, Opinion, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A browser, by the token that it keeps; what is stored is the token's digest."""

    token: str
    brand: Brand
    language: str

    @property
    def digest(self) -> str:
        """What is stored of it."""
        return hashlib.sha256(self.token.encode()).hexdigest()


def open_article(article: Article, reader: Reader, *, door: Door, at: datetime) -> Reading:
    """Put down that an article was opened."""
    return Reading.objects.create(
        reader=reader.digest,
        article=article,
        brand=reader.brand,
        language=reader.language,
        door=door,
        at=at,
    )


@transaction.atomic
def ask(reader: Reader, *, person: Person | None = None, at: datetime) -> None:
    """
    Put down that this browser asked the desk; what it thought of articles is now a person's.

    Of a browser that read nothing it is not put down.
    """
    if Reading.objects.filter(reader=reader.digest).exists():
        Ask.objects.create(reader=reader.digest, brand=reader.brand, at=at)
    if person is not None:
        Opinion.objects.filter(reader=reader.digest, person=None).update(person=person)


@transaction.atomic
def judge(
    article: Article, reader: Reader, *, helped: bool, words: str = "", at: datetime
) -> Opinion:
    """Take whether an article helped; a browser has one opinion, the last one counts."""
    said = storable(words).strip()[:2000]
    facts: Mapping[str, object] = {
        "brand": reader.brand,
        "language": reader.language,
        "helped": helped,
        "at": at,
        **({"words": said} if said else {}),
    }
    opinion, _made = Opinion.objects.update_or_create(
        article=article, reader=reader.digest, defaults=facts
    )
    return opinion
