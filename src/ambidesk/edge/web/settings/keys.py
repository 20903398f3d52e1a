"""Keys to the API: made and copied once, watched by when they were used, revoked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.db.models import F, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import get_default_timezone, localtime
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.settings import pages
from ambidesk.edge.web.settings.nouns import Noun
from ambidesk.edge.web.settings.pages import Step
from ambidesk.edge.web.settings.sections import Section, Words, sections
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.reach import keying, scopes
from ambidesk.ground.reach.keying import KeyText
from ambidesk.ground.reach.models import ApiKey
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.parties.brands.models import Brand


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenPage:
    """A new key, shown this once."""

    section: str
    sections: Sequence[Section]
    name: str
    token: str
    back: str
    guide: str


class KeyForm(forms.Form):
    """What a key is for, what it may do, and until when."""

    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("Which program uses it, for example “Shop”.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("Scopes"),
        choices=lambda: [(each.key, str(each.words)) for each in scopes.all_scopes()],
        widget=forms.CheckboxSelectMultiple,
    )
    brands = forms.ModelMultipleChoiceField(
        Brand.objects.filter(archived_at=None),
        label=_("Brands"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("It sees tickets of these brands only."),
    )
    expires_on = forms.DateField(
        label=_("Holds until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    per_minute = forms.IntegerField(
        label=_("Requests a minute"), min_value=1, max_value=100_000, initial=600
    )


def revoke(request: Request, pk: int) -> HttpResponse:
    """Let a key open nothing any more."""
    key = ApiKey.objects.filter(pk=pk).first()
    if key is None:
        raise Http404
    keying.revoke_key(key, by=request.actor, at=request.at)
    return pages.done(request, str(_("“%(name)s” is revoked.")) % {"name": key}, section="keys")


def _save(request: Request, key: ApiKey | None, values: Mapping[str, Any]) -> HttpResponse | None:
    text = KeyText(
        name=values["name"],
        scopes=values["scopes"],
        brand_ids=[brand.pk for brand in values["brands"]],
        per_minute=values["per_minute"],
        expires_at=_end_of(values["expires_on"], key),
    )
    if key is not None:
        keying.describe_key(key, text, by=request.actor, at=request.at)
        return None
    issued = keying.issue_key(text, by=request.actor, at=request.at)
    page = TokenPage(
        section="keys",
        sections=sections(request.actor),
        name=issued.key.name,
        token=issued.token,
        back=pages.list_url("keys"),
        guide=reverse("api-guide"),
    )
    answer = render(request, "token.html", {"page": page})
    answer["Cache-Control"] = "no-store"
    return answer


def _rows(_request: Request) -> QuerySet[ApiKey]:
    return ApiKey.objects.order_by(F("revoked_at").desc(nulls_first=True), "name", "pk")


def _facts(key: ApiKey) -> tuple[str, ...]:
    used = key.last_used_at
    words = _("used %(day)s") % {"day": _day(used)} if used else _("never used")
    return (f"{key.prefix}…", str(words))


def _state(key: ApiKey) -> tuple[Words, str]:
    if key.revoked_at:
        return _("Revoked"), "quiet"
    return ("", "") if key.opens(datetime.now(UTC)) else (_("Expired"), "waiting")


def _day(at: datetime) -> str:
    return date_format(localtime(at), "DATE_FORMAT")


def _end_of(day: date | None, key: ApiKey | None) -> datetime | None:
    """The end of a day where the desk is; one that stays ends when it did."""
    if day is None:
        return None
    if key and key.expires_at and day_of(key.expires_at) == day:
        return key.expires_at
    return datetime.combine(day, time.max, tzinfo=get_default_timezone())


def _known(key: ApiKey) -> dict[str, Any]:
    return {
        "name": key.name,
        "scopes": key.scopes,
        "brands": Brand.objects.filter(pk__in=key.brand_ids),
        "expires_on": day_of(key.expires_at) if key.expires_at else None,
        "per_minute": key.per_minute,
    }


def _steps(key: ApiKey) -> tuple[Step, ...]:
    if key.revoked_at:
        return ()
    return (Step(url=reverse("settings-keys-revocation", args=[key.pk]), words=_("Revoke")),)


KEYS = Noun(
    key="keys",
    model=ApiKey,
    form=KeyForm,
    right=ReachRight.MANAGE,
    title=_("API keys"),
    words=_("Other programs enter with a key and do no more than it allows."),
    add_words=_("New key"),
    empty=_("Make a key for the first program that talks to this desk."),
    rows=_rows,
    facts=_facts,
    known=_known,
    save=_save,
    steps=_steps,
    state=_state,
    beneath=lambda key: ", ".join(key.scopes),
)
