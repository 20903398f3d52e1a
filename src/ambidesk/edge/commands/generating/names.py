"""Names: of people, streets and firms, for made-up records, and how they are miswritten."""

import random
import re
from dataclasses import replace

from ambidesk.parties.matching.record import Record

CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
MEN = """Александр Алексей Андрей Антон Борис Вадим Валерий Василий Виктор Владимир Григорий Денис
Дмитрий Евгений Иван Игорь Илья Кирилл Константин Леонид Максим Михаил Никита Николай Олег Павел
Пётр Роман Сергей Степан Фёдор Юрий Ярослав""".split()
WOMEN = """Александра Алёна Анастасия Анна Валентина Валерия Вера Виктория Галина Дарья Евгения
Екатерина Елена Елизавета Ирина Ксения Лариса Любовь Людмила Маргарита Марина Мария Надежда
Наталья Ольга Полина Светлана София Татьяна Ульяна Юлия""".split()
ROOTS = """Абрамов Алексеев Андреев Антонов Баранов Белов Беляев Борисов Быков Васильев Виноградов
Волков Воробьёв Гаврилов Голубев Григорьев Давыдов Данилов Егоров Ершов Ефимов Жуков Зайцев Захаров
Иванов Ильин Калинин Карпов Киселёв Козлов Комаров Королёв Крылов Кузнецов Кузьмин Лебедев Макаров
Максимов Мельников Миронов Михайлов Морозов Назаров Никитин Новиков Орлов Осипов Павлов Петров
Поляков Попов Романов Семёнов Сергеев Сидоров Смирнов Соболев Соколов Соловьёв Сорокин Степанов
Тарасов Титов Фёдоров Филиппов Фомин Цветков Чернов Шестаков Щербаков Юдин Яковлев""".split()
FATHERS = """Александров Алексеев Андреев Антонов Борисов Вадимов Викторов Владимиров Денисов Иванов
Игорев Кириллов Максимов Михайлов Николаев Олегов Павлов Петров Романов Сергеев Юрьев""".split()
ENGLISH_MEN = """Alexander Andrew Anthony Benjamin Charles Christopher Daniel David Edward George
Gregory Henry James John Joseph Kenneth Matthew Michael Nicholas Patrick Peter Richard Robert
Samuel Stephen Thomas Timothy William""".split()
ENGLISH_WOMEN = """Alexandra Amanda Barbara Catherine Charlotte Christina Deborah Elizabeth Emily
Helen Isabella Jennifer Jessica Julia Margaret Melissa Natalie Pamela Patricia Rachel Rebecca
Samantha Stephanie Susan Theresa Victoria""".split()
FAMILIES = """Adams Allen Baker Barnes Bennett Brooks Butler Carter Clark Collins Cooper Cox Davies
Edwards Evans Fisher Foster Gibson Graham Green Griffiths Hall Harris Hill Hughes Jackson Johnson
Kelly King Lewis Marshall Mason Mills Mitchell Moore Morgan Murphy Palmer Parker Phillips Powell
Price Reid Roberts Rogers Russell Scott Shaw Simpson Smith Stevens Stewart Taylor Thompson Turner
Walker Ward Watson White Wilson Wood Wright Young""".split()
STREETS = """Ленина Мира Гагарина Садовая Лесная Школьная Советская Новая Центральная Молодёжная
Заречная Полевая Набережная Пушкина Кирова Victoria Church Station Mill Park Queen Windsor
Highfield Springfield Chester""".split()
TOWNS = """Москва Казань Самара Тверь Омск Пермь Тула Уфа Сочи Псков Bristol Leeds York Derby
Exeter Oxford""".split()
COMPANIES = [
    f"{word}{n}.example" for word in ("polka", "lift", "vitrina", "north") for n in range(250)
]
PROVIDERS = ["mail.example", "post.example", "inbox.example"]
BOXES = ["info", "sales", "office", "zakaz", "support", "buh"]
SHORT = {
    "Александр": ("Саша", "Шура"), "Александра": ("Саша",), "Алексей": ("Лёша",),
    "Анастасия": ("Настя",), "Анна": ("Аня",), "Борис": ("Боря",), "Виктор": ("Витя",),
    "Владимир": ("Вова", "Володя"), "Григорий": ("Гриша",), "Дарья": ("Даша",),
    "Дмитрий": ("Дима", "Митя"), "Евгений": ("Женя",), "Евгения": ("Женя",),
    "Екатерина": ("Катя",), "Елена": ("Лена",), "Елизавета": ("Лиза",), "Иван": ("Ваня",),
    "Ирина": ("Ира",), "Константин": ("Костя",), "Ксения": ("Ксюша",), "Мария": ("Маша",),
    "Михаил": ("Миша",), "Наталья": ("Наташа",), "Николай": ("Коля",), "Ольга": ("Оля",),
    "Павел": ("Паша",), "Пётр": ("Петя",), "Сергей": ("Серёжа",), "Светлана": ("Света",),
    "Татьяна": ("Таня",), "Юлия": ("Юля",), "Юрий": ("Юра",), "Robert": ("Bob", "Rob"),
    "William": ("Bill", "Will"), "Richard": ("Dick", "Rick"), "Elizabeth": ("Liz", "Beth"),
    "Margaret": ("Peggy", "Meg"), "Michael": ("Mike",), "Thomas": ("Tom",), "James": ("Jim",),
    "Alexander": ("Alex",), "Christopher": ("Chris",), "Christina": ("Chris",),
    "Patricia": ("Pat",), "Patrick": ("Pat",), "Samuel": ("Sam",), "Samantha": ("Sam",),
}  # fmt: skip
LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
SCHEMES = [
    "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch  y  e yu ya",
    "a b v g d e yo zh z i j k l m n o p r s t u f h c ch sh sch ' y ' e ju ja",
    "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y  e iu ia",
]


def of(
    dice: random.Random, *, russian: bool, woman: bool, family: str = ""
) -> tuple[str, str, str]:
    """Draw given name, surname and patronymic; `family` keeps a household's surname."""
    if not russian:
        return (
            dice.choice(ENGLISH_WOMEN if woman else ENGLISH_MEN),
            family or dice.choice(FAMILIES),
            "",
        )
    root = family.removesuffix("а") if family else dice.choice(ROOTS)
    father = dice.choice(FATHERS)
    if woman:
        return dice.choice(WOMEN), root + "а", father + "на"
    return dice.choice(MEN), root, father + "ич"


def given(dice: random.Random, *, like: Record, russian: bool) -> str:
    """Draw another given name for somebody of the same sex."""
    groups = (MEN, WOMEN) if russian else (ENGLISH_MEN, ENGLISH_WOMEN)
    return dice.choice(next(group for group in groups if like.given in group))


def short(dice: random.Random, name: str) -> str:
    """Give a diminutive, where the name has one."""
    return dice.choice(SHORT.get(name, (name,)))


def latin(text: str, *, scheme: int) -> str:
    """Transliterate by one of three schemes that are in use."""
    table = dict(zip(LETTERS, SCHEMES[scheme].split(" "), strict=True))
    signs = (table.get(sign.lower(), sign) for sign in text)
    return "".join(
        said.title() if sign.isupper() else said for sign, said in zip(text, signs, strict=True)
    )


def in_latin(record: Record, *, scheme: int) -> Record:
    """Write the names of a record in Latin letters."""
    return replace(
        record,
        given=latin(record.given, scheme=scheme),
        surname=latin(record.surname, scheme=scheme),
        middle=latin(record.middle, scheme=scheme),
    )


def slipped(dice: random.Random, text: str) -> str:
    """Miss a letter, double one, or change two about."""
    if len(text) < 4:
        return text
    at = dice.randrange(1, len(text) - 1)
    match dice.randrange(3):
        case 0:
            return text[:at] + text[at + 1 :]
        case 1:
            return text[:at] + text[at] + text[at:]
        case _:
            return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
