"""Names: lines of the timeline, and the names by id of everything that they mention."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, F, Model, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from ambidesk.across.automation.models import Rule
from ambidesk.ground.fields.models import Definition
from ambidesk.ground.reach.actor import ActorKind
from ambidesk.ground.reach.models import User
from ambidesk.parties.companies.models import Company, Contact, Site
from ambidesk.parties.staff.models import Member, Skill, Team
from ambidesk.service.catalogue.models import Category, RequestType, Tag
from ambidesk.support.conversations.models import Channel
from ambidesk.support.desk.models import Macro
from ambidesk.support.scripts.models import Script

Data = Mapping[str, Any]

# What tells of channels by their ids.
SWITCHES = {
    "linking.account_joined",
    "linking.account_parted",
    "linking.declined",
    "tickets.channel_proposed",
    "tickets.channel_switched",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One grey line: what happened, who did it, when; names are filled in by `named`."""

    id: int
    at: datetime
    kind: str
    actor_kind: str
    actor_id: int | None
    data: Data
    who: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Names by id, of everything that events mention; read in one query."""

    users: Mapping[int, str]
    members: Mapping[int, str]
    teams: Mapping[int, str]
    categories: Mapping[int, str]
    types: Mapping[int, str]
    companies: Mapping[int, str]
    sites: Mapping[int, str]
    contacts: Mapping[int, str]
    tags: Mapping[int, str]
    skills: Mapping[int, str]
    macros: Mapping[int, str]
    channels: Mapping[int, str]
    scripts: Mapping[int, str]
    rules: Mapping[int, str]
    fields: Mapping[int, str]

    @classmethod
    def of(cls, events: Iterable[Event]) -> "Names":
        """Read the names that these events need."""
        events = list(events)
        ids = _ids(events)
        ids["user"] = {e.actor_id for e in events if e.actor_kind == ActorKind.USER and e.actor_id}
        ids["rule"] |= {e.actor_id for e in events if e.actor_kind == ActorKind.RULE and e.actor_id}
        found: dict[str, dict[int, str]] = {kind: {} for kind in (*NAMED, *IN_WORDS)}
        for kind, pk, name in _read_names(ids):
            found[kind][pk] = name
        return cls(
            users=found["user"],
            members=found["member"],
            teams=found["team"],
            categories=found["category"],
            types=found["type"],
            companies=found["company"],
            sites=found["site"],
            contacts=found["contact"],
            tags=found["tag"],
            skills=found["skill"],
            macros=found["macro"],
            channels=found["channel"],
            scripts=found["script"],
            rules=found["rule"],
            fields=found["field"],
        )


USER = Coalesce(NullIf("name", Value("")), "email", output_field=CharField())
MEMBER = Coalesce(NullIf("user__name", Value("")), "user__email", output_field=CharField())
NAMED: dict[str, tuple[type[Model], Combinable]] = {
    "user": (User, USER),
    "member": (Member, MEMBER),
    "team": (Team, F("name")),
    "category": (Category, F("name")),
    "company": (Company, F("name")),
    "site": (Site, F("name")),
    "contact": (Contact, F("person__name")),
    "tag": (Tag, F("name")),
    "skill": (Skill, F("name")),
    "macro": (Macro, F("name")),
    "channel": (Channel, F("name")),
    "script": (Script, F("name")),
    "rule": (Rule, F("name")),
}
# What is called something in each language: the reader's comes first, then the others in order.
IN_WORDS: dict[str, tuple[type[Model], tuple[str, ...]]] = {
    "type": (RequestType, ("name_en", "name_ru", "name")),
    "field": (Definition, ("label_en", "label_ru")),
}


def _read_names(ids: Mapping[str, set[int]]) -> list[tuple[str, int, str]]:
    asked = [
        model._default_manager.filter(pk__in=ids[kind])  # noqa: SLF001 Django's public name
        .order_by()
        # Channels have a kind of their own.
        .annotate(noun=Value(kind, CharField()), said=name)
        .values_list("noun", "pk", "said")
        for kind, (model, name) in (NAMED | _in_words()).items()
        if ids[kind]
    ]
    if not asked:
        return []
    first, *others = asked
    return list(first.union(*others, all=True) if others else first)


def _in_words() -> dict[str, tuple[type[Model], Combinable]]:
    mine = f"_{(get_language() or 'en')[:2]}"
    return {
        kind: (model, Coalesce(*(_unless_empty(each) for each in _first(mine, columns))))
        for kind, (model, columns) in IN_WORDS.items()
    }


def _first(ending: str, columns: Iterable[str]) -> list[str]:
    return sorted(columns, key=lambda each: not each.endswith(ending))


def _unless_empty(column: str) -> Combinable:
    return NullIf(column, Value(""))


def _ids(events: Iterable[Event]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {key: set() for key in (*NAMED, *IN_WORDS) if key != "user"}
    fields = {
        "assignee_id": "member",
        "member_id": "member",
        "before_team_id": "team",
        "team_id": "team",
        "category_id": "category",
        "request_type_id": "type",
        "company_id": "company",
        "site_id": "site",
        "contact_id": "contact",
        "macro_id": "macro",
        "script_id": "script",
    }
    for event in events:
        for field, kind in fields.items():
            if event.data.get(field):
                found[kind].add(event.data[field])
        if event.kind in SWITCHES:
            told = (event.data["channel_id"], event.data.get("before_channel_id"))
            found["channel"].update(each for each in told if each)
        found["contact"].update(event.data.get("contact_ids", []))
        found["tag"].update(event.data.get("added_ids", []), event.data.get("removed_ids", []))
        found["field"].update(event.data.get("field_ids", []), event.data.get("emptied_ids", []))
        found["skill"].update(event.data.get("skill_ids", []))
    return found
