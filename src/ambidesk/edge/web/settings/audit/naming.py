"""Naming: who acted and on what, in names; asked for once a kind, whatever the page holds."""

from collections.abc import Iterable, Mapping

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambidesk.across.automation.models import Rule
from ambidesk.edge.web.settings.audit.details import Key, keys_in
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
NOBODYS = {
    "system": gettext_lazy("The desk"),
    "rule": gettext_lazy("A rule"),
    "channel": gettext_lazy("A channel"),
    "import": gettext_lazy("An import"),
    "person": gettext_lazy("A customer"),
    "contact": gettext_lazy("A contact"),
    "bot": gettext_lazy("A bot"),
}
# What has no name is told by what it is and its number.
SUBJECTS = {
    "api_key": gettext_lazy("API key"),
    "approval_terms": gettext_lazy("Terms of approvals"),
    "article": gettext_lazy("Article"),
    "asset": gettext_lazy("Equipment"),
    "asset_class": gettext_lazy("Class of equipment"),
    "asset_document": gettext_lazy("Paper"),
    "asset_model": gettext_lazy("Model"),
    "batch": gettext_lazy("Change of many"),
    "blob": gettext_lazy("File"),
    "brand": gettext_lazy("Brand"),
    "category": gettext_lazy("Category"),
    "channel": gettext_lazy("Channel"),
    "company": gettext_lazy("Company"),
    "company_card": gettext_lazy("Own fields of clients"),
    "consent_document": gettext_lazy("Consent text"),
    "contact": gettext_lazy("Contact"),
    "contract": gettext_lazy("Contract"),
    "coverage": gettext_lazy("Coverage"),
    "failure_code": gettext_lazy("Failure code"),
    "field": gettext_lazy("Field"),
    "hint": gettext_lazy("Hint"),
    "incident": gettext_lazy("Incident"),
    "intake_item": gettext_lazy("Item taken in"),
    "knowledge_category": gettext_lazy("Topic"),
    "knowledge_synonym": gettext_lazy("Synonyms"),
    "macro": gettext_lazy("Macro"),
    "member": gettext_lazy("Colleague"),
    "outbox": gettext_lazy("Outbox"),
    "person": gettext_lazy("Person"),
    "problem": gettext_lazy("Problem"),
    "process": gettext_lazy("Process"),
    "promise": gettext_lazy("Promise"),
    "provider": gettext_lazy("Company sign-in"),
    "report": gettext_lazy("Report"),
    "request_type": gettext_lazy("Request type"),
    "retention_rule": gettext_lazy("Retention"),
    "role": gettext_lazy("Role"),
    "routing": gettext_lazy("Routing"),
    "routing_terms": gettext_lazy("Weights of the choice"),
    "rule": gettext_lazy("Rule"),
    "script": gettext_lazy("Script"),
    "service_calendar": gettext_lazy("Calendar"),
    "sign_in": gettext_lazy("Account"),
    "skill": gettext_lazy("Skill"),
    "sla_policy": gettext_lazy("SLA policy"),
    "survey": gettext_lazy("Survey"),
    "tag": gettext_lazy("Tag"),
    "team": gettext_lazy("Team"),
    "template": gettext_lazy("Template"),
    "ticket": gettext_lazy("Ticket"),
    "user": gettext_lazy("Account"),
    "view": gettext_lazy("View"),
    "webhook": gettext_lazy("Webhook"),
}
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
    words = SUBJECTS.get(entry.subject_kind, entry.subject_kind)
    return names.get(key) or f"{words} #{entry.subject_id}"


def _keys(entry: Entry) -> list[Key]:
    keys = [(entry.subject_kind, entry.subject_id), *keys_in(entry)]
    if entry.actor_id:
        keys.append((entry.actor_kind, entry.actor_id))
    return keys


def _named(kind: str, ids: set[int]) -> list[tuple[Key, str]]:
    model = MODELS.get(kind)
    if model is None:
        return []
    rows = model._default_manager.filter(pk__in=ids)  # noqa: SLF001 Django's public name
    if model is Member:
        rows = rows.select_related("user")
    return [((kind, row.pk), str(row)) for row in rows]
