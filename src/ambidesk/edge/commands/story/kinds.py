"""Request types of the demo in both languages; a tale names them in the language of its brand."""

from ambidesk.ground.fields.rules.spec import Texts
from ambidesk.service.catalogue.models import RequestType

KINDS = (
    Texts(ru="Вопрос", en="Question"),
    Texts(ru="Жалоба", en="Complaint"),
    Texts(ru="Благодарность", en="Thanks"),
    Texts(ru="Возврат", en="Return"),
    Texts(ru="Ремонт", en="Repair"),
    Texts(ru="Неисправность", en="Fault report"),
    Texts(ru="Авария", en="Incident"),
    Texts(ru="Плановые работы", en="Planned work"),
    Texts(ru="Расчёт стоимости", en="Quote"),
    Texts(ru="Возврат товара", en="Return of an item"),
    Texts(ru="Выезд инженера", en="Repair visit"),
)


def names_of(name: str) -> Texts:
    """The name of a type in both languages, by either."""
    return next(each for each in KINDS if name in {each.ru, each.en})


def kinds_by_name() -> dict[str, RequestType]:
    """The types that there are, by each of their names."""
    rows = RequestType.objects.all()
    return {name: row for row in rows for name in (row.names.ru, row.names.en) if name}
