"""The articles of the story: what each brand is asked again and again, in both languages."""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from ambidesk.edge.commands.story.stage import TELLER
from ambidesk.parties.brands.models import Brand
from ambidesk.service.assets.models import AssetClass
from ambidesk.support.knowledge.arranging import (
    Arrangement,
    CategoryNames,
    arrange,
    set_up_category,
)
from ambidesk.support.knowledge.linking import Links, link
from ambidesk.support.knowledge.models import Article, Audience, Category, Language
from ambidesk.support.knowledge.publishing import publish
from ambidesk.support.knowledge.writing import Text, add_language, begin_article

TEXTS = Path(__file__).parent / "texts" / "articles.toml"
TOPICS = {
    "delivery": ("Delivery and returns", "Доставка и возврат"),
    "care": ("Care and repair", "Уход и ремонт"),
}
PINNED = 3


def write_articles(*, at: datetime) -> None:
    """Write and publish them, unless there are some already."""
    if Article.objects.exists():
        return
    topics = {}
    for place, (slug, (en, ru)) in enumerate(TOPICS.items()):
        names = CategoryNames(name_en=en, name_ru=ru, slug=slug, position=place)
        topics[slug] = set_up_category(None, names, by=TELLER, at=at)
    told = tomllib.loads(TEXTS.read_text())["article"]
    for number, each in enumerate(told):
        _write(each, topics[each["topic"]], number=number, at=at)


def link_articles(*, at: datetime) -> None:
    """Say of which class of equipment they are, once there is some."""
    for each in tomllib.loads(TEXTS.read_text())["article"]:
        kinds = list(AssetClass.objects.filter(name=each.get("about", "")))
        row = Article.objects.filter(translations__title=each["en"][0]).first()
        if kinds and row and not row.asset_classes.exists():
            link(row, Links(classes=kinds), by=TELLER, at=at)


def _write(told: dict[str, Any], topic: Category, *, number: int, at: datetime) -> None:
    brand = Brand.objects.get(slug=told["brand"])
    row = begin_article(
        _text(told["en"]), language=Language.ENGLISH, brands=[brand], by=TELLER, at=at
    )
    other = add_language(
        row.article, _text(told["ru"]), language=Language.RUSSIAN, by=TELLER, at=at
    )
    for each in (row, other):
        publish(each, base=each.version, minor=True, by=TELLER, at=at)
    place = Arrangement(
        audience=Audience(told.get("audience", Audience.PUBLIC)),
        brands=[brand],
        category=topic,
        is_pinned=number < PINNED,
        position=number,
    )
    arrange(row.article, place, by=TELLER, at=at)


def _text(told: list[str]) -> Text:
    title, summary, body = told
    return Text(title=title, summary=summary, body=body)
