"""The audit trail on a screen and as a file; nobody can change what it tells."""

import csv
import io
import json
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ambidesk.edge.web.settings.audit import naming
from ambidesk.edge.web.settings.audit.asking import Asked, asked_of, written
from ambidesk.edge.web.settings.audit.details import details_in_words
from ambidesk.edge.web.settings.audit.saying import WORDS, words_of
from ambidesk.edge.web.settings.sections import Section, sections
from ambidesk.edge.web.ui.cells import guarded
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.journal import Entry, Mark, acts
from ambidesk.ground.reach.models import ApiKey, User

PER_PAGE = 50
# A file has an end; what is earlier is in the next one, by the period.
LONGEST = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing that somebody did."""

    at: datetime
    who: str
    who_url: str
    what: str
    about: str
    about_url: str
    details: str
    is_failure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing that can be chosen; `value` stands in the address."""

    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage:
    """A page of the trail."""

    section: str
    sections: tuple[Section, ...]
    acts: tuple[Act, ...]
    actors: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    about: str
    about_words: str
    first: str
    last: str
    file: str
    all: str
    earlier: str
    is_first: bool


def show(request: Request) -> HttpResponse:
    """Show what was done, the latest first."""
    asked = asked_of(request)
    entries = acts(asked.wanted, before=asked.before, limit=PER_PAGE + 1)
    shown, rest = entries[:PER_PAGE], entries[PER_PAGE:]
    told = _told(asked, shown)
    about = asked.values["about"]
    page = AuditPage(
        section="audit",
        sections=sections(request.actor),
        acts=told,
        actors=_actors(asked.values["actor"]),
        kinds=_kinds(asked.values["kind"]),
        about=about,
        about_words=(told[0].about if told else about) if about else "",
        first=asked.values["from"],
        last=asked.values["to"],
        file=f"{reverse('settings-audit-csv')}?{asked.address()}",
        all=f"?{asked.address(about='')}",
        earlier=f"?{asked.address(before=written(_end(shown)))}" if rest else "",
        is_first=asked.before is None,
    )
    return render(request, "audit/audit.html", {"page": page})


def download(request: Request) -> HttpResponse:
    """Give the latest ten thousand of what is shown as CSV."""
    asked = asked_of(request)
    lines = io.StringIO()
    rows = csv.writer(lines, lineterminator="\r\n")
    heads = (_("When"), _("Who"), _("What"), _("On what"), _("Details"), _("Entry"), _("Data"))
    rows.writerow(map(guarded, heads))
    entries = acts(asked.wanted, before=asked.before, limit=LONGEST)
    for entry, act in zip(entries, _told(asked, entries), strict=True):
        data = json.dumps(entry.data, ensure_ascii=False, sort_keys=True)
        cells = (act.who, act.what, act.about, act.details, entry.kind, data)
        rows.writerow([entry.at.isoformat(), *map(guarded, cells)])
    answer = HttpResponse("\ufeff" + lines.getvalue(), content_type="text/csv; charset=utf-8")
    name = f"audit-{request.at.date().isoformat()}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _told(asked: Asked, entries: list[Entry]) -> tuple[Act, ...]:
    names = naming.names_of(entries)
    return tuple(
        Act(
            at=entry.at,
            who=naming.actor_in_words(entry, names),
            who_url=_narrower(asked, "actor", entry.actor_kind, entry.actor_id),
            what=words_of(entry.kind),
            about=naming.subject_in_words(entry, names),
            about_url=_narrower(asked, "about", entry.subject_kind, entry.subject_id),
            details=details_in_words(entry, names),
            is_failure=entry.kind == "reach.sign_in_failed",
        )
        for entry in entries
    )


def _narrower(asked: Asked, name: str, kind: str, number: int | None) -> str:
    """Where the same is asked for of one actor or thing only."""
    if number is None or (name == "actor" and kind not in {"user", "api_key", "contact"}):
        return ""
    return f"?{asked.address(**{name: f'{kind}:{number}'})}"


def _end(entries: list[Entry]) -> Mark:
    return Mark(at=entries[-1].at, sequence=entries[-1].position.sequence)


def _actors(chosen: str) -> tuple[Choice, ...]:
    users = User.objects.filter(is_client=False).order_by("name", "email", "pk")
    found = [(f"user:{user.pk}", str(user)) for user in users]
    found += [(f"api_key:{key.pk}", str(key)) for key in ApiKey.objects.order_by("name", "pk")]
    if chosen and chosen not in dict(found):
        found.append((chosen, chosen.replace(":", " #")))
    return tuple(Choice(value=v, words=words, is_chosen=v == chosen) for v, words in found)


def _kinds(chosen: str) -> tuple[Choice, ...]:
    told = sorted(((kind, str(words)) for kind, words in WORDS.items()), key=lambda each: each[1])
    return tuple(Choice(value=v, words=words, is_chosen=v == chosen) for v, words in told)
