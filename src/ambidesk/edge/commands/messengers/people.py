"""Who has a messenger in the demo, and what they say by themselves."""

from dataclasses import dataclass

TELEGRAM, MAX = "telegram", "max"


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """
    One account; the first of `lines` is said at the beginning, each further one after an answer.

    Without lines it is whoever looks at the page.
    """

    number: int
    messenger: str
    name: str
    lines: tuple[str, ...] = ()


PEOPLE = (
    Somebody(
        number=7101,
        messenger=TELEGRAM,
        name="Алина Зуева",
        lines=(
            "Здравствуйте! Курьер звонил в 12, сказал «через час», а его всё нет. Заказ 48213.",
            "Спасибо, жду!",
        ),
    ),
    Somebody(
        number=7102,
        messenger=TELEGRAM,
        name="Пётр Котов",
        lines=("Добрый день. Можно вернуть кроссовки без коробки?", "Понял, так и сделаю."),
    ),
    Somebody(
        number=7103,
        messenger=MAX,
        name="Светлана Юрьевна",
        lines=("Не приходит код подтверждения на новый номер", "Пришёл, благодарю!"),
    ),
    Somebody(number=7190, messenger=TELEGRAM, name="Вы"),
)
