"""The two hundred persons of the story: invented names at addresses that belong to nobody."""

from dataclasses import dataclass
from random import Random

from ambidesk.edge.commands.story.scenery import LIFTS, SHOP

MEN = """Алексей Андрей Антон Артём Борис Вадим Виктор Глеб Григорий Денис Евгений Егор Игорь Кирилл
Константин Лев Максим Михаил Никита Олег Павел Роман Руслан Семён Сергей Степан Фёдор Юрий
Ярослав""".split()
WOMEN = """Алина Алла Анастасия Анна Вера Галина Дарья Екатерина Елена Жанна Зоя Инна Ирина Ксения
Лариса Лидия Людмила Маргарита Мария Надежда Наталья Нина Оксана Полина Раиса Софья Тамара Татьяна
Ульяна Юлия Яна""".split()
FAMILIES = """Авдеев Баранов Белов Борисов Воробьёв Гусев Давыдов Ершов Жуков Зайцев Калинин Киселёв
Комаров Крылов Кудрявцев Лебедев Макаров Медведев Никитин Носов Орехов Панов Поляков Романов
Рябов Савельев Сорокин Тарасов Фомин Харитонов Цветков Чернов Шестаков Щербаков Юдин
Яковлев""".split()
ENGLISH = """Alice Andrew Beth Brian Carol Chloe David Diane Edward Emma Frank Grace Harriet Hugo
Irene Jack Joan Keith Laura Liam Martha Nigel Nora Oliver Owen Pamela Priya Quentin Rachel Rajesh
Sandra Simon Tessa Thomas Ursula Victor Wendy Yusuf Zoe""".split()
SURNAMES = """Abbott Bailey Barker Chandra Cole Dawson Ellis Farrow Gibbs Hale Hussain Ingram Jarvis
Kemp Lawson Marsh Nolan Okoro Patel Quill Rowe Sharma Stone Tanner Usher Vance Walsh Yates
Young""".split()
COMPANIES = (
    ("Northgate Estates", "northgate.example"),
    ("Freshline Market", "freshline.example"),
    ("Alder House Management", "alderhouse.example"),
    ("Meridian Hotels", "meridian-hotels.example"),
    ("St Mark's Clinic", "stmarks.example"),
    ("Oakfield Care", "oakfield.example"),
    ("Harbour Cold Store", "harbourcold.example"),
    ("Beacon Tower", "beacontower.example"),
)
FIRMS = (
    ("ООО «Берёзка-Ритейл»", "beryozka.example"),
    ("УК «Северный»", "severny.example"),
    ("АО «Гавань-Склад»", "gavan.example"),
    ("БЦ «Маяк»", "mayak.example"),
)
FREE_MAIL = ("example.org", "example.net", "example.com", "post.example")
LETTERS = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch  y  e yu ya".split(" "),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Character:
    """One person: who they are, where they write from, and how they are used to writing."""

    name: str
    address: str
    language: str
    brand: str
    company: str = ""
    phone: str = ""
    is_woman: bool = False
    writes_html: bool = False
    quotes: bool = True
    style: int = 0

    @property
    def first(self) -> str:
        """The name by which one is greeted."""
        return self.name.split()[0]


def characters() -> tuple[Character, ...]:
    """The persons, the same each time; consumers first, then contacts of companies."""
    dice = Random("people of the story")  # noqa: S311 a story, no secret
    people = [_consumer(dice, number) for number in range(128)]
    people += [_contact(dice, number) for number in range(47)]
    people += [_contact_ru(dice, number) for number in range(25)]
    return tuple(people)


def latin(word: str) -> str:
    """Write a Russian word in Latin letters, as people do in their addresses."""
    return "".join(LETTERS.get(letter, letter) for letter in word.lower())


def _consumer(dice: Random, number: int) -> Character:
    first, family, is_woman = _russian(dice)
    domain = dice.choice(FREE_MAIL)
    local = dice.choice(
        [f"{latin(first)}.{latin(family)}", f"{latin(family)}{60 + number % 45}", latin(family)]
    )
    return Character(
        name=f"{first} {family}",
        address=f"{local}.{number}@{domain}"
        if dice.random() < 0.3
        else f"{local}{number}@{domain}",
        language="ru",
        brand=SHOP,
        phone=_phone(dice),
        is_woman=is_woman,
        writes_html=dice.random() < 0.45,
        quotes=dice.random() < 0.6,
        style=dice.randrange(1000),
    )


def _contact(dice: Random, number: int) -> Character:
    company, domain = COMPANIES[number % len(COMPANIES)]
    first, family = dice.choice(ENGLISH), SURNAMES[number % len(SURNAMES)]
    return Character(
        name=f"{first} {family}",
        address=f"{first[0].lower()}.{family.lower()}{number // len(SURNAMES) or ''}@{domain}",
        language="en",
        brand=LIFTS,
        company=company,
        phone=f"+44 20 7946 0{dice.randrange(100, 999)}",
        writes_html=dice.random() < 0.6,
        quotes=dice.random() < 0.8,
        style=dice.randrange(1000),
    )


def _contact_ru(dice: Random, number: int) -> Character:
    company, domain = FIRMS[number % len(FIRMS)]
    first, family, is_woman = _russian(dice)
    return Character(
        name=f"{first} {family}",
        address=f"{latin(family)}.{latin(first)[0]}{number}@{domain}",
        language="ru",
        brand=LIFTS,
        company=company,
        phone=_phone(dice),
        is_woman=is_woman,
        writes_html=dice.random() < 0.6,
        quotes=dice.random() < 0.8,
        style=dice.randrange(1000),
    )


def _russian(dice: Random) -> tuple[str, str, bool]:
    is_woman = dice.random() < 0.55
    family = dice.choice(FAMILIES)
    return dice.choice(WOMEN if is_woman else MEN), family + ("а" if is_woman else ""), is_woman


def _phone(dice: Random) -> str:
    return f"+7 900 {dice.randrange(100, 999)}-{dice.randrange(10, 99)}-{dice.randrange(10, 99)}"
