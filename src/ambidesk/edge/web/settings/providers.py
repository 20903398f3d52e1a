"""Companies' own sign-in: providers of OpenID Connect and SAML, and whom they let in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.apps import apps
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.settings.nouns import Noun
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.models import Role
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.parties.staff.arranging import ProviderText, archive_provider, arrange_provider
from ambidesk.parties.staff.models import Member, Provider, ProviderKind


class UnknownRole(InvalidInput):
    """A line names a role that there is not."""

    sentence = _("Write “group = role” on each line; there is no role “%(role)s”.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """What is entered at the provider."""

    answer: str
    metadata: str
    template: str = "provider.html"


class ProviderForm(forms.Form):
    """What is known of a provider."""

    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("It stands on the sign-in page.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=ProviderKind.choices)
    issuer = forms.CharField(
        label=_("Issuer"),
        max_length=500,
        help_text=_("OIDC: the address of the issuer. SAML: its entity ID."),
    )
    client_id = forms.CharField(label=_("Client ID (OIDC)"), max_length=255, required=False)
    secret = forms.CharField(
        label=_("Client secret (OIDC)"),
        max_length=500,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Kept sealed. Empty leaves the one there is."),
    )
    sign_on_url = forms.CharField(label=_("Sign-on address (SAML)"), max_length=500, required=False)
    certificate = forms.CharField(
        label=_("Signing certificate (SAML)"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )
    domains = forms.CharField(
        label=_("Domains"),
        required=False,
        max_length=4000,
        help_text=_("Addresses of these domains are believed from it, one domain or more."),
    )
    lets_in = forms.BooleanField(label=_("Lets in new colleagues of these domains"), required=False)
    first_roles = forms.ModelMultipleChoiceField(
        Role.objects.filter(archived_at=None),
        label=_("Roles of new colleagues"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    group_claim = forms.CharField(label=_("Claim with groups"), max_length=255, required=False)
    roles = forms.CharField(
        label=_("Roles by group"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line: group = role. Roles that manage access are given, never taken."),
    )
    is_only_way = forms.BooleanField(
        label=_("Nobody of these domains signs in by password or passkey"), required=False
    )
    keep_passwords = forms.ModelMultipleChoiceField(
        Member.objects.filter(user__is_active=True).select_related("user").order_by("user__name"),
        label=_("But these still may, if the provider fails"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def _save(request: Request, row: Provider | None, values: Mapping[str, Any]) -> HttpResponse | None:
    text = ProviderText(
        **{
            **values,
            "kind": ProviderKind(values["kind"]),
            "domains": values["domains"].replace(",", " ").split(),
            "roles": _roles(values["roles"]),
        }
    )
    arrange_provider(row, text, by=request.actor, at=request.at)
    return None


def _roles(text: str) -> dict[str, int]:
    names = {str(role).lower(): role.pk for role in Role.objects.filter(archived_at=None)}
    found = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        group, _sign, role = (part.strip() for part in line.rpartition("="))
        if not group or role.lower() not in names:
            raise UnknownRole(field="roles", role=role[:80])
        found[group[:255]] = names[role.lower()]
    return found


def _known(row: Provider) -> dict[str, Any]:
    names = {role.pk: str(role) for role in Role.objects.filter(pk__in=row.roles.values())}
    plain = ("name", "kind", "issuer", "client_id", "sign_on_url", "certificate")
    return {
        **{name: getattr(row, name) for name in (*plain, "lets_in", "group_claim", "is_only_way")},
        "domains": " ".join(row.domains),
        "roles": "\n".join(f"{g} = {names[n]}" for g, n in row.roles.items() if n in names),
        "first_roles": row.first_roles.all(),
        "keep_passwords": row.keep_passwords.all(),
    }


def _addresses(row: Provider) -> Addresses:
    if not apps.is_installed("allauth.socialaccount"):
        return Addresses(answer="", metadata="")
    is_saml = row.kind == ProviderKind.SAML
    answer = reverse("company-assertion" if is_saml else "company-answer", args=[row.slug])
    metadata = reverse("company-metadata", args=[row.slug]) if is_saml else ""
    return Addresses(
        answer=settings.BASE_URL + answer,
        metadata=settings.BASE_URL + metadata if metadata else "",
    )


PROVIDERS = Noun(
    key="providers",
    model=Provider,
    form=ProviderForm,
    right=ReachRight.MANAGE,
    title=_("Company sign-in"),
    words=_("Colleagues sign in with the account of their company."),
    add_words=_("New sign-in"),
    empty=_("Let colleagues sign in with the account of their company."),
    rows=lambda _request: Provider.objects.order_by("-archived_at", "name"),
    facts=lambda row: (str(row.get_kind_display()), " ".join(row.domains)),
    known=_known,
    save=_save,
    archive=lambda request, row: archive_provider(row, by=request.actor, at=request.at),
    report=_addresses,
)
