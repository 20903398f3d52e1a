"""Letters: how words become mails: greeting, signature, quote, markup, and values of slots."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from random import Random

from ambidesk.edge.commands.story.people import Character
from ambidesk.edge.commands.story.scenery import Colleague
from ambidesk.edge.commands.story.situations import slots

MONTHS = {
    "ru": """января февраля марта апреля мая июня июля августа сентября октября ноября
    декабря""".split(),
    "en": """January February March April May June July August September October November
    December""".split(),
}
# Slots that are filled by any of a list of words.
PLACES = {
    "street": "streets",
    "time": "times",
    "site": "sites",
    "site_ru": "sites_ru",
    "unit": "units",
    "cold": "colds",
    "temperature": "temperatures",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Words of a mail: what is new, and the earlier mail quoted below, if any."""

    words: str
    quoted: str = ""
    html: str = ""


def filling(who: Character, *, dice: Random, language: str, at: datetime) -> dict[str, str]:
    """Choose what the places of one tale's texts stand for."""
    known = slots()
    product, product_g = dice.choice(known["products"])
    soon = at + timedelta(days=dice.randrange(1, 9))
    total = dice.randrange(2, 99) * 1000 + dice.choice([0, 90, 490, 500, 990])
    ours = {
        "product": product,
        "Product": product[0].upper() + product[1:],
        "product_g": product_g,
        "order": str(dice.randrange(40_000, 99_999)),
        "sum": f"{total:,}".replace(",", " " if language == "ru" else ","),
        "small": f"{dice.randrange(9, 49) * 100 + 90}",
        "serial": f"{dice.choice('ABKMTX')}{dice.randrange(10**7, 10**8)}",
        "floor": str(dice.randrange(2, 10)),
        "date": f"{soon.day} {MONTHS[language][soon.month - 1]}",
        "day": dice.choice(known["days_ru" if language == "ru" else "days_en"]),
        "city": dice.choice(known["cities" if language == "ru" else "cities_en"]),
        "a": "а" if who.is_woman else "",
        "sya": "ась" if who.is_woman else "ся",
        "name": who.name,
        "first": who.first,
        "company": who.company,
        "phone": who.phone,
    }
    return ours | {slot: dice.choice(known[words]) for slot, words in PLACES.items()}


def theirs(
    who: Character, text: str, *, dice: Random, before: tuple[datetime, str, str] | None
) -> Said:
    """What a person of the other side sends, below it what they answer, as they are used to."""
    voice = slots()["voice"][who.language]
    hello = "" if before and dice.random() < 0.6 else _habit(voice["hello"], who.style, dice)
    bye = _habit(voice["bye"], who.style // 7, dice)
    values = {"name": who.name, "first": who.first, "company": who.company, "phone": who.phone}
    signature = "\n".join(line for line in _fill(bye, values).splitlines() if line.strip())
    words = "\n\n".join(part for part in (hello, text, signature) if part)
    quoted = _quote(voice["quote"], before, who.language) if before and who.quotes else ""
    html = markup(words, quoted) if who.writes_html else ""
    return Said(words=words, quoted=quoted, html=html)


def ours(who: Character, text: str, *, dice: Random, by: Colleague) -> Said:
    """What a colleague answers."""
    voice = slots()["voice"][who.language]
    hello = _fill(dice.choice(voice["reply_hello"]), {"first": who.first})
    name = by.name if who.language == "ru" or by.name.isascii() else _english(by)
    words = f"{hello}\n\n{text}\n\n{name.split()[0]}"
    return Said(words=words, html=markup(words, ""))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put values into the places of a text."""
    return _fill(text, values)


def markup(words: str, quoted: str) -> str:
    """The same words as a mail program marks them up."""
    paragraphs = "".join(
        f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in words.split("\n\n")
    )
    if not quoted:
        return paragraphs
    first, _newline, rest = quoted.partition("\n")
    inner = escape(rest.replace("> ", "").replace(">", "")).replace("\n", "<br>")
    return f"{paragraphs}<div>{escape(first)}</div><blockquote>{inner}</blockquote>"


def _english(by: Colleague) -> str:
    return {"svetlana@desk.example": "Svetlana", "peter@desk.example": "Peter"}.get(
        by.login, by.name
    )


def _habit(ways: list[str], style: int, dice: Random) -> str:
    """People greet in their own way, mostly."""
    return ways[style % len(ways)] if dice.random() < 0.7 else dice.choice(ways)


def _quote(form: str, before: tuple[datetime, str, str], language: str) -> str:
    at, who, words = before
    day = f"{at.day} {MONTHS[language][at.month - 1]} {at.year}, {at:%H:%M}"
    lines = "\n".join(f"> {line}".rstrip() for line in words.splitlines())
    return f"{_fill(form, {'when': day, 'who': who})}\n{lines}"


def _fill(text: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        text = text.replace("{" + name + "}", value)
    return text
