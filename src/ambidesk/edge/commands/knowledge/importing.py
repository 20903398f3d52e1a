"""
Importing: articles of a file are begun, or changed where they stand already, and published.

Lines with one id are one article in several languages. An article of the brand that has a line's
title and language is that article: the same file brings nothing twice.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby

from django.db import transaction

from ambidesk.edge.commands.knowledge.files import Line
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.trouble import Trouble
from ambidesk.ground.kernel.journal import Origin
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.ground.search.pages.reading import as_markdown
from ambidesk.ground.search.pages.recognising import recognise
from ambidesk.parties.brands.models import Brand
from ambidesk.support.knowledge.models import Article, Audience, Language, Translation
from ambidesk.support.knowledge.publishing import NothingNew, NothingWritten, publish
from ambidesk.support.knowledge.writing import Text, add_language, begin_article, save_draft

BY = Actor(kind=ActorKind.IMPORT, origin=Origin.IMPORT)
LONGEST_TITLE = 160


@dataclass(slots=True, kw_only=True)
class Brought:
    """How many texts are new, changed and as they were; `refused` are ids and why."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """For whom articles are, and whether they are read at once."""

    brand: Brand
    audience: Audience
    publishing: bool
    at: datetime


def bring(lines: Sequence[Line], *, brand: str | None, audience: str, publishing: bool) -> Brought:
    """
    Bring articles in for a brand, by its name; without one, for the only one there is.

    Raises:
        Trouble: there is no such brand, or more than one.
    """
    terms = Terms(
        brand=_brand(brand),
        audience=Audience(audience),
        publishing=publishing,
        at=datetime.now(UTC),
    )
    found = Brought()
    by_id = sorted(lines, key=lambda line: line.id)
    for article_id, texts in groupby(by_id, key=lambda line: line.id):
        try:
            with transaction.atomic():
                done = _bring_one(list(texts), terms)
        except Refusal as refusal:
            found.refused.append((article_id, str(refusal)))
        else:
            found.new += done["new"]
            found.changed += done["changed"]
            found.unchanged += done["unchanged"]
    return found


def _bring_one(lines: Sequence[Line], terms: Terms) -> Counter[str]:
    texts = {_language(line): _text(line) for line in lines}
    article = next(_standing(texts, terms.brand), None)
    done: Counter[str] = Counter()
    for language, text in texts.items():
        row = article.translations.filter(language=language).first() if article else None
        before = row.version if row else None
        if row is not None:
            row = save_draft(row, text, base=row.version, by=BY, at=terms.at)
        elif article is not None:
            row = add_language(article, text, language=language, by=BY, at=terms.at)
        else:
            row = _begin(text, language, terms)
        article = row.article
        done["new" if before is None else "unchanged" if row.version == before else "changed"] += 1
        if terms.publishing:
            _publish(row, at=terms.at)
    return done


def _begin(text: Text, language: Language, terms: Terms) -> Translation:
    return begin_article(
        text,
        language=language,
        brands=[terms.brand],
        audience=terms.audience,
        by=BY,
        at=terms.at,
    )


def _publish(row: Translation, *, at: datetime) -> None:
    try:
        with transaction.atomic():
            publish(row, base=row.version, by=BY, at=at)
    except (NothingNew, NothingWritten):
        # Readers have it already, or there is a title only.
        return


def _standing(texts: dict[Language, Text], brand: Brand) -> Iterator[Article]:
    for language, text in texts.items():
        rows = Translation.objects.filter(
            language=language, title=text.title, article__brands=brand
        )
        for row in rows.select_related("article").order_by("pk")[:1]:
            yield row.article


def _language(line: Line) -> Language:
    known = tuple(Language.values)
    if line.language in known:
        return Language(line.language)
    told = recognise(f"{line.title}\n{line.text}", among=known, otherwise=Language.ENGLISH)
    return Language(told)


def _text(line: Line) -> Text:
    title = " ".join(line.title.split())[:LONGEST_TITLE].strip()
    body = as_markdown(line.text)
    return Text(title=title or body.partition("\n")[0].lstrip("# ")[:LONGEST_TITLE], body=body)


def _brand(name: str | None) -> Brand:
    rows = Brand.objects.order_by("pk")
    found = list(rows.filter(name=name) if name else rows)
    if len(found) == 1:
        return found[0]
    names = ", ".join(rows.values_list("name", flat=True))
    if name:
        facts = {"name": name, "names": names}
        raise Trouble(_("There is no brand %(name)s. There are: %(names)s.") % facts)
    raise Trouble(_("Say for which brand by --brand. There are: %(names)s.") % {"names": names})
