"""Arranging providers: companies' own sign-in is set up, changed and archived."""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from cryptography.x509 import load_pem_x509_certificate
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.archiving import turn
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.kernel.sealing import seal
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.models import Role
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.parties.people.normalising import NotAnAddress, normal_domain
from ambidesk.parties.staff.events import ProviderArranged
from ambidesk.parties.staff.models import Member, Provider, ProviderKind


class ProviderNameTaken(InvalidInput):
    """Another provider has the name."""

    sentence = _("Another sign-in has this name.")


class Incomplete(InvalidInput):
    """Something is missing without which nobody could sign in."""

    sentence = _("This is needed here.")


class NotACertificate(InvalidInput):
    """The text is no certificate."""

    sentence = _("This is no certificate in PEM.")


class NotADomain(InvalidInput):
    """The word is no domain."""

    sentence = _("“%(domain)s” is no domain.")


class NobodyLeft(InvalidInput):
    """If the provider fails, nobody could come in and mend it."""

    sentence = _("Choose at least one administrator who may still use a password.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderText:
    """What a provider is made from; an empty secret leaves the one there is."""

    name: str
    kind: ProviderKind
    issuer: str
    client_id: str = ""
    secret: str = field(default="", repr=False)
    sign_on_url: str = ""
    certificate: str = ""
    domains: Collection[str] = ()
    lets_in: bool = False
    is_only_way: bool = False
    group_claim: str = ""
    roles: Mapping[str, int] = field(default_factory=dict)
    first_roles: Collection[Role] = ()
    keep_passwords: Collection[Member] = ()


@transaction.atomic
def arrange_provider(
    provider: Provider | None, text: ProviderText, *, by: Actor, at: datetime
) -> Provider:
    """
    Set up a provider, or change the one given.

    Raises:
        ProviderNameTaken, Incomplete, NotACertificate, NotADomain, NobodyLeft: it cannot be so.
    """
    row = Provider.objects.select_for_update().get(pk=provider.pk) if provider else None
    row = row or Provider(slug=secrets.token_hex(8), kind=text.kind)
    _require_whole(row, text)
    row.name, row.issuer = text.name.strip()[:80], text.issuer.strip()
    row.client_id, row.sign_on_url = text.client_id.strip(), text.sign_on_url.strip()
    row.certificate, row.group_claim = text.certificate.strip(), text.group_claim.strip()
    row.sealed_secret = seal(text.secret) if text.secret else row.sealed_secret
    row.domains = sorted({_domain(each) for each in text.domains})
    row.lets_in, row.is_only_way, row.roles = text.lets_in, text.is_only_way, dict(text.roles)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise ProviderNameTaken(field="name") from taken
    row.first_roles.set(text.first_roles)
    row.keep_passwords.set(text.keep_passwords)
    journal.record(ProviderArranged(provider_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def archive_provider(provider: Provider, *, by: Actor, at: datetime) -> None:
    """Take a provider out of use, or into use again; passwords are good again meanwhile."""
    row = turn(provider, at=at)
    journal.record(ProviderArranged(provider_id=row.pk), by=by, at=at)


def _require_whole(row: Provider, text: ProviderText) -> None:
    if not _is_address(text.issuer) and row.kind == ProviderKind.OIDC:
        raise Incomplete(field="issuer")
    if row.kind == ProviderKind.OIDC:
        if not text.client_id.strip():
            raise Incomplete(field="client_id")
        if not (text.secret or row.sealed_secret):
            raise Incomplete(field="secret")
    else:
        if not text.issuer.strip():
            raise Incomplete(field="issuer")
        if not _is_address(text.sign_on_url):
            raise Incomplete(field="sign_on_url")
        try:
            load_pem_x509_certificate(text.certificate.strip().encode())
        except ValueError as wrong:
            raise NotACertificate(field="certificate") from wrong
    keys = [each.user for each in text.keep_passwords if each.user.is_active]
    if text.is_only_way and not any(
        user.grants.filter(role__rights__contains=[ReachRight.MANAGE]).exists() for user in keys
    ):
        raise NobodyLeft(field="keep_passwords")


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return False
    return parts.scheme in {"https", "http"} and bool(parts.hostname) and not parts.username


def _domain(word: str) -> str:
    try:
        return normal_domain(word)
    except NotAnAddress as wrong:
        raise NotADomain(field="domains", domain=word[:80]) from wrong
