"""What stands before the story begins: brands, staff, teams, the catalogue. All of it invented."""

from dataclasses import dataclass

SHOP, LIFTS = "polka", "liftcare"


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """One brand, its mailbox, and the tree of what its tickets are about."""

    slug: str
    name: str
    language: str
    accent: str
    signature: str
    address: str
    team: str
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """
    Somebody who works at the desk; `works_for` names the brands of their teams.

    Those who do not sign in are colleagues one sees at work: each password takes time to make.
    """

    login: str
    name: str
    role: str
    works_for: tuple[str, ...]
    is_woman: bool = False
    signs_in: bool = True

    @property
    def ending(self) -> str:
        """The ending of Russian verbs in the past."""
        return "а" if self.is_woman else ""


HOUSES = (
    House(
        slug=SHOP,
        name="Полка",
        language="ru",
        accent="#0f766e",
        signature="Служба заботы «Полка»\nhelp@polka.example · ежедневно с 8 до 21",
        address="help@polka.example",
        team="Забота",
        categories=(
            "Доставка",
            "Оплата",
            "Заказ",
            "Гарантия",
            "Возврат",
            "Бонусы",
            "Сайт и кабинет",
            "Установка",
            "Отзывы",
            "Сотрудничество",
        ),
    ),
    House(
        slug=LIFTS,
        name="Liftcare",
        language="en",
        accent="#b45309",
        signature="Liftcare Service Desk\nservice@liftcare.example · around the clock",
        address="service@liftcare.example",
        team="Service desk",
        categories=("Lifts", "Refrigeration", "Maintenance", "Contracts and billing"),
    ),
)

STAFF = (
    Colleague(
        login="ada@desk.example",
        name="Ада Адамова",
        role="administrator",
        works_for=(SHOP, LIFTS),
        is_woman=True,
    ),
    Colleague(
        login="marina@desk.example",
        name="Марина Соколова",
        role="team_lead",
        works_for=(SHOP,),
        is_woman=True,
    ),
    Colleague(
        login="olga@desk.example",
        name="Ольга Орлова",
        role="operator",
        works_for=(SHOP,),
        is_woman=True,
    ),
    Colleague(
        login="ivan@desk.example",
        name="Иван Ильин",
        role="operator",
        works_for=(SHOP,),
        signs_in=False,
    ),
    Colleague(
        login="timur@desk.example",
        name="Тимур Галеев",
        role="operator",
        works_for=(SHOP,),
        signs_in=False,
    ),
    Colleague(
        login="helen@desk.example",
        name="Helen Moore",
        role="team_lead",
        works_for=(LIFTS,),
        is_woman=True,
    ),
    Colleague(login="daniel@desk.example", name="Daniel Reed", role="operator", works_for=(LIFTS,)),
    Colleague(
        login="svetlana@desk.example",
        name="Светлана Юдина",
        role="operator",
        works_for=(LIFTS, SHOP),
        is_woman=True,
        signs_in=False,
    ),
    Colleague(
        login="peter@desk.example",
        name="Пётр Новак",
        role="operator",
        works_for=(LIFTS,),
        signs_in=False,
    ),
    Colleague(
        login="reader@desk.example", name="Rita Berg", role="reader", works_for=(), is_woman=True
    ),
)
