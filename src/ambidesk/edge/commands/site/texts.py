"""What the demo's sites say, in both languages of each brand. Everything is invented."""

from dataclasses import dataclass

SHOP, LIFTS = "polka", "liftcare"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """One thing that is offered."""

    art: str
    name: str
    line: str
    price: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One page: what stands on it from top to bottom."""

    brand: str
    headline: str
    lead: str
    act: str
    places: tuple[str, ...]
    offer: str
    things: tuple[Thing, ...]
    facts: tuple[tuple[str, str], ...]
    enter: str
    entered: str
    leave: str
    foot: str


TEXTS = {
    (SHOP, "ru"): Text(
        brand="Полка",
        headline="Техника для дома, которая служит долго",
        lead="Доставим завтра, поднимем на этаж и подключим. Старую технику заберём.",
        act="Смотреть каталог",
        places=("Холодильники", "Стирка", "Кофе", "Доставка"),
        offer="Распродажа недели",
        things=(
            Thing(
                art="fridge",
                name="Холодильник «Север 340»",
                line="Две камеры, без инея, тихий",
                price="54 900 ₽",
            ),
            Thing(
                art="washer",
                name="Стиральная машина «Волна 7»",
                line="До 7 кг, отсрочка, защита от протечек",
                price="38 500 ₽",
            ),
            Thing(
                art="coffee",
                name="Кофемашина «Утро»",
                line="Зерно и молотый, капучино одной кнопкой",
                price="29 990 ₽",
            ),
        ),
        facts=(
            ("Завтра", "доставка по городу"),
            ("3 года", "гарантии на всё"),
            ("30 дней", "чтобы передумать"),
        ),
        enter="Войти",
        entered="Анна Петрова",
        leave="Выйти",
        foot="Полка · ежедневно с 8 до 21 · help@polka.example",
    ),
    (SHOP, "en"): Text(
        brand="Полка",
        headline="Things for the home that last",
        lead="At your door tomorrow, carried upstairs and connected. We take the old one away.",
        act="See the catalogue",
        places=("Fridges", "Laundry", "Coffee", "Delivery"),
        offer="This week's sale",
        things=(
            Thing(
                art="fridge",
                name="Fridge “Sever 340”",
                line="Two compartments, no frost, quiet",
                price="54,900 ₽",
            ),
            Thing(
                art="washer",
                name="Washing machine “Volna 7”",
                line="Up to 7 kg, delay, leak protection",
                price="38,500 ₽",
            ),
            Thing(
                art="coffee",
                name="Coffee machine “Utro”",
                line="Beans and ground, cappuccino at one touch",
                price="29,990 ₽",
            ),
        ),
        facts=(
            ("Tomorrow", "in the whole city"),
            ("3 years", "of warranty on everything"),
            ("30 days", "to change your mind"),
        ),
        enter="Sign in",
        entered="Anna Petrova",
        leave="Sign out",
        foot="Polka · daily 8 to 21 · help@polka.example",
    ),
    (LIFTS, "en"): Text(
        brand="Liftcare",
        headline="Lifts and cold rooms that simply work",
        lead="One contract, one number, an engineer on site within four hours.",
        act="Request a visit",
        places=("Lifts", "Refrigeration", "Contracts", "Contact"),
        offer="What we look after",
        things=(
            Thing(
                art="lift",
                name="Passenger lifts",
                line="Inspection, repair, modernisation",
                price="from £120 a month",
            ),
            Thing(
                art="cold",
                name="Cold rooms",
                line="Temperature watched around the clock",
                price="from £180 a month",
            ),
            Thing(
                art="stairs",
                name="Escalators",
                line="Steps, chains and brakes, at night",
                price="from £240 a month",
            ),
        ),
        facts=(
            ("4 hours", "to an engineer on site"),
            ("24 / 7", "somebody picks up"),
            ("1,200", "units under contract"),
        ),
        enter="Sign in",
        entered="George Hill",
        leave="Sign out",
        foot="Liftcare · around the clock · service@liftcare.example",
    ),
    (LIFTS, "ru"): Text(
        brand="Liftcare",
        headline="Лифты и холодильные камеры, которые просто работают",
        lead="Один договор, один номер, инженер на месте в течение четырёх часов.",
        act="Вызвать инженера",
        places=("Лифты", "Холод", "Договоры", "Контакты"),
        offer="Что мы обслуживаем",
        things=(
            Thing(
                art="lift",
                name="Пассажирские лифты",
                line="Осмотр, ремонт, модернизация",
                price="от 14 000 ₽ в месяц",
            ),
            Thing(
                art="cold",
                name="Холодильные камеры",
                line="Температура под присмотром круглые сутки",
                price="от 19 000 ₽ в месяц",
            ),
            Thing(
                art="stairs",
                name="Эскалаторы",
                line="Ступени, цепи и тормоза — ночью",
                price="от 26 000 ₽ в месяц",
            ),
        ),
        facts=(
            ("4 часа", "и инженер на месте"),
            ("24 / 7", "на линии живой человек"),
            ("1 200", "установок под договором"),
        ),
        enter="Войти",
        entered="Георгий Холмов",
        leave="Выйти",
        foot="Liftcare · круглосуточно · service@liftcare.example",
    ),
}
EMAILS = {SHOP: "anna.petrova@example.org", LIFTS: "george.hill@example.com"}
