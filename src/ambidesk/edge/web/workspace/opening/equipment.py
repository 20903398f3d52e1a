"""The equipment that a caller speaks of: of their companies, found while somebody types."""

import re
from datetime import datetime

from django.db.models import Case, Q, When
from django.http import HttpResponse
from django.shortcuts import render

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.assets.list import found_by
from ambidesk.edge.web.workspace.opening.caller import companies_of, only_of, person_at
from ambidesk.ground.kernel.texts import one_line
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.authority.models import Authority
from ambidesk.parties.people.models import Person
from ambidesk.service.assets.models import Asset, AssetQuerySet

SUGGESTED = 8
LONGEST = 200
NAMED = re.compile(r"#(\d{1,17})\s*$")


def suggest(request: Request) -> HttpResponse:
    """Suggest equipment by serial number, model or place; `with` is the address of the caller."""
    typed = one_line(request.GET.get("q", "").partition("#")[0], 80)
    person = person_at(request.GET.get("with", ""), actor=request.actor)
    companies = companies_of(person, actor=request.actor, at=request.at) if person else ()
    rows = _seen(request.actor)
    if person and companies:
        rows = _nearest(rows.filter(company__in=companies), person, at=request.at)
    else:
        rows = rows.latest_first()
    found = found_by(rows, typed)[:SUGGESTED] if typed or person else ()
    told = {"assets": found, "company": only_of(companies)}
    return render(request, "opening/equipment.html", told)


def named(words: str, *, actor: Actor) -> Asset | None:
    """Find what was chosen from the suggestions, or whose whole serial number was typed."""
    chosen = NAMED.search(words)
    if chosen:
        return _seen(actor).filter(pk=int(chosen[1])).first()
    found = list(_seen(actor).filter(serial__iexact=words.strip())[:2])
    return found[0] if len(found) == 1 else None


def _nearest(rows: AssetQuerySet, person: Person, *, at: datetime) -> AssetQuerySet:
    """What stands at the sites that they answer for goes first."""
    held = Authority.objects.standing(at).filter(contact__person__whole=person.whole)
    theirs = Q(site__in=held.exclude(sites=None).values("sites"))
    place = Case(When(theirs, then=0), default=1)
    return rows.order_by(place, "-pk")


def _seen(actor: Actor) -> AssetQuerySet:
    rows = Asset.objects.visible_to(actor).in_service()
    return rows.select_related("model", "site", "company")
