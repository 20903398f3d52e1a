"""Specs of every kind, for tests."""

from decimal import Decimal

from ambidesk.ground.fields.rules.spec import Kind, Limits, OptionSpec, Spec, Texts


def spec(kind: Kind, key: int = 1, **more: object) -> Spec:
    """A field of a kind, with three choices where it has such."""
    options = tuple(
        OptionSpec(id=key * 100 + n, label=Texts(en=f"Choice {n}"), parent=parent)
        for n, parent in ((1, None), (2, key * 100 + 1), (3, key * 100 + 2))
    )
    facts: dict[str, object] = {
        "label": Texts(en=f"Field {key}", ru=f"Поле {key}"),
        "options": options if kind in {Kind.CHOICE, Kind.SEVERAL, Kind.TREE} else (),
        "limits": Limits(currency="EUR") if kind is Kind.MONEY else Limits(),
    }
    return Spec(id=key, kind=kind, **{**facts, **more})  # type: ignore[arg-type]


TYPED = {
    Kind.TEXT: "A leak",
    Kind.LONG: "A leak\nbelow the sink",
    Kind.WHOLE: "1 200",
    Kind.DECIMAL: "3,5",
    Kind.MONEY: "19.90",
    Kind.YES: "yes",
    Kind.CHOICE: "102",
    Kind.SEVERAL: "101",
    Kind.TREE: "103",
    Kind.DAY: "2026-03-01",
    Kind.INSTANT: "2026-03-01T10:30",
    Kind.EMAIL: "a@example.org",
    Kind.PHONE: "+49 30 1234567",
    Kind.LINK: "https://example.org/a",
    Kind.PERSON: "Anna Petrova #7",
}
MEANT = {Kind.WHOLE: Decimal(1200), Kind.DECIMAL: Decimal("3.50"), Kind.YES: True}
