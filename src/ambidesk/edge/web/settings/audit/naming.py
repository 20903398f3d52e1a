"""Naming: who acted and on what, in names; asked for once a kind, whatever the page holds."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambidesk.across.automation.models import Rule
from ambidesk.ground.fields.models import Definition
from ambidesk.ground.kernel.journal import Entry
from ambidesk.ground.reach.models import ApiKey, Role, User
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.companies.models import Company
from ambidesk.parties.staff.models import Member, Provider, Skill, Team
from ambidesk.service.catalogue.models import Category, RequestType, Tag
from ambidesk.support.conversations.models import Channel
from ambidesk.support.scripts.models import Script
from ambidesk.support.webhooks.models import Webhook

MODELS: Mapping[str, type[Model]] = {
    "user": User,
    "sign_in": User,
    "member": Member,
    "role": Role,
    "api_key": ApiKey,
    "provider": Provider,
    "team": Team,
    "skill": Skill,
    "brand": Brand,
    "channel": Channel,
    "company": Company,
    "category": Category,
    "request_type": RequestType,
    "tag": Tag,
    "field": Definition,
    "rule": Rule,
    "script": Script,
    "webhook": Webhook,
}
# What an entry carries beside its subject, by the name of the field.
CARRIED = {
    "role_ids": "role",
    "team_ids": "team",
    "member_ids": "member",
    "brand_id": "brand",
    "provider_id": "provider",
}
NOBODYS = {
    "system": gettext_lazy("The desk"),
    "rule": gettext_lazy("A rule"),
    "channel": gettext_lazy("A channel"),
    "import": gettext_lazy("An import"),
    "person": gettext_lazy("A customer"),
    "contact": gettext_lazy("A contact"),
    "bot": gettext_lazy("A bot"),
}
Key = tuple[str, int]
Names = Mapping[Key, str]


def names_of(entries: Iterable[Entry]) -> Names:
    """The names of everything that these entries are about and were done by."""
    wanted: dict[str, set[int]] = {}
    for entry in entries:
        for kind, number in _keys(entry):
            wanted.setdefault(kind, set()).add(number)
    return {key: name for kind, ids in wanted.items() for key, name in _named(kind, ids)}


def actor_in_words(entry: Entry, names: Names) -> str:
    """Who acted."""
    key = (entry.actor_kind, entry.actor_id or 0)
    words = str(NOBODYS.get(entry.actor_kind, entry.actor_kind))
    return names.get(key) or (f"{words} #{entry.actor_id}" if entry.actor_id else words)


def subject_in_words(entry: Entry, names: Names) -> str:
    """What it was done to."""
    if entry.subject_kind == "sign_in" and not entry.subject_id:
        return _("An unknown address")
    key = (entry.subject_kind, entry.subject_id)
    return names.get(key) or f"{entry.subject_kind} #{entry.subject_id}"


def details_in_words(entry: Entry, names: Names) -> str:
    """What else the entry tells: names where there are some, else as it lies in the journal."""
    told = []
    for field, value in entry.data.items():
        if value in (None, [], "") or _is_subject(entry, field, value):
            continue
        told.append(_told(field, value, names))
    return " · ".join(each for each in told if each)


def _told(field: str, value: Any, names: Names) -> str:
    if kind := CARRIED.get(field):
        numbers = value if isinstance(value, list) else [value]
        return ", ".join(names.get((kind, each)) or f"#{each}" for each in numbers)
    if isinstance(value, str) and not field.endswith("_at"):
        return value.replace("_", " ")
    shown = ", ".join(map(str, value)) if isinstance(value, list) else value
    return f"{field.removesuffix('_id').replace('_', ' ')}: {shown}"


def _is_subject(entry: Entry, field: str, value: Any) -> bool:
    return bool(value == entry.subject_id and field.endswith("_id")) or field in {
        "user_id",
        "behalf",
    }


def _keys(entry: Entry) -> list[Key]:
    keys = [(entry.subject_kind, entry.subject_id)]
    if entry.actor_id:
        keys.append((entry.actor_kind, entry.actor_id))
    for field, kind in CARRIED.items():
        value = entry.data.get(field)
        numbers = value if isinstance(value, list) else [value] if value else []
        keys += [(kind, number) for number in numbers]
    return keys


def _named(kind: str, ids: set[int]) -> list[tuple[Key, str]]:
    model = MODELS.get(kind)
    if model is None:
        return []
    rows = model._default_manager.filter(pk__in=ids)  # noqa: SLF001 Django's public name
    if model is Member:
        rows = rows.select_related("user")
    return [((kind, row.pk), str(row)) for row in rows]
