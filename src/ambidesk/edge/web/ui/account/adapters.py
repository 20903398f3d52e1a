"""What allauth asks of this product about accounts and second factors."""

from collections.abc import Mapping
from typing import Any, ClassVar

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.sealing import seal, unseal
from ambidesk.ground.reach.actor import SYSTEM, Actor, ActorKind
from ambidesk.ground.reach.events import SecurityChange, SignInFailure, SignInWay
from ambidesk.ground.reach.models import User
from ambidesk.ground.reach.securing import change_password, note
from ambidesk.ground.reach.signing_in import account_of, note_failed, note_signed_in
from ambidesk.parties.staff.vouching import must_use

log = structlog.get_logger(__name__)
# allauth would send a mail at each of these; here the journal remembers them.
CHANGES = {
    "mfa/email/totp_activated": SecurityChange.TOTP_ADDED,
    "mfa/email/totp_deactivated": SecurityChange.TOTP_REMOVED,
    "mfa/email/webauthn_added": SecurityChange.PASSKEY_ADDED,
    "mfa/email/webauthn_removed": SecurityChange.PASSKEY_REMOVED,
    "mfa/email/recovery_codes_generated": SecurityChange.CODES_MADE,
}
# What is said after a change; allauth's other messages say what everybody sees.
SAID = {
    "account/messages/password_changed.txt": _("Your password is changed."),
    "mfa/messages/totp_activated.txt": _("The codes of the app are asked for from now on."),
    "mfa/messages/totp_deactivated.txt": _("The codes of the app are off."),
    "mfa/messages/webauthn_added.txt": _("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
}
Words = Mapping[str, str | Promise]


def way_of(request: Request, user: User) -> SignInWay:
    """By which way somebody came in just now."""
    records = get_authentication_records(request, user)
    if company := _company(request, user):
        return SignInWay(company["provider"])
    if any(each.get("passwordless") for each in records):
        return SignInWay.PASSKEY
    methods = {each.get("method") for each in records}
    return SignInWay.PASSWORD if "password" in methods else SignInWay.LINK


def _company(request: Request, user: User) -> dict[str, Any] | None:
    """What is recorded of a provider's word, where it was by one that somebody came."""
    records = get_authentication_records(request, user)
    return next((each for each in records if each.get("method") == "socialaccount"), None)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts of staff: made by an administrator, never by signing up."""

    error_messages: ClassVar[Words] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This address and this password do not belong together."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes, then try again."),
        "rate_limited": _("Too many tries. Wait five minutes, then try again."),
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("This is not your password."),
        "incorrect_code": _("This code is not right. Codes change every half minute."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 allauth's signature
        """Nobody signs up here."""
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Lead on to own pages only, whatever hosts are trusted for forms."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def set_password(self, user: User, password: str) -> None:
        """Change the password by its verb, and let this user object know."""
        request: Request = self.request
        changed = change_password(user, password, by=request.actor, at=request.at)
        user.password = changed.password

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *_context: object,
        message: str | None = None,
        **_others: object,
    ) -> None:
        """Say it in the words of this product, or not at all."""
        if words := message or SAID.get(message_template or ""):
            messages.add_message(request, level, words)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: object = None,  # noqa: ARG002 allauth's signature
        email: str | None = None,  # noqa: ARG002 allauth's signature
    ) -> None:
        """Remember what changed."""
        request: Request = self.request
        if change := CHANGES.get(template_prefix):
            note(user, change, by=request.actor, at=request.at)

    def pre_login(self, request: Request, user: User, **facts: object) -> object:
        """Whose company is the only way in comes by no other."""
        only = None if _company(request, user) else must_use(user)
        if only is None:
            return super().pre_login(request, user, **facts)
        note_failed(user, SignInFailure.OTHER_WAY, by=SYSTEM, at=request.at)
        words = gettext("Sign in with %(name)s: passwords are off for your address.")
        messages.error(request, words % {"name": only.name})
        return HttpResponseRedirect(reverse("account_login"))

    def authentication_failed(self, request: Request, **credentials: object) -> None:
        """Remember it by the account that was meant, without the address: it may be anybody's."""
        log.warning("sign-in-failed", ip=self.get_client_ip(request))
        meant = account_of(str(credentials.get("email") or ""))
        note_failed(meant, SignInFailure.PASSWORD, by=SYSTEM, at=request.at)

    def respond_user_inactive(self, request: Request, user: User) -> HttpResponse:
        """Remember that a former colleague tried to come in."""
        note_failed(user, SignInFailure.CLOSED, by=SYSTEM, at=request.at)
        answer: HttpResponse = super().respond_user_inactive(request, user)
        return answer

    def post_login(self, request: Request, user: User, **facts: object) -> object:
        """Remember who came in, and how."""
        answer = super().post_login(request, user, **facts)
        log.info("signed-in", user=user.pk)
        by = Actor(kind=ActorKind.USER, id=user.pk)
        company = _company(request, user)
        number = company.get("number") if company else None
        way = way_of(request, user)
        note_signed_in(user, way, provider_id=number, by=by, at=request.at)
        return answer


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Second factors: their secrets lie sealed; the last one stays beside a short password."""

    error_messages: ClassVar[Words] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right. Codes change every half minute."),
        "cannot_delete_authenticator": _(
            "Your password is too short to stand alone. Choose a longer one first."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret with the desk's key."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret."""
        return unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Say whether the account stays protected without it."""
        user: User = authenticator.user
        others = Authenticator.objects.filter(user=user).exclude(pk=authenticator.pk)
        rest = others.exclude(type=Authenticator.Type.RECOVERY_CODES)
        return bool(not user.password_needs_factor or rest.exists())

    def generate_authenticator_name(self, user: User, kind: str) -> str:
        """A name for a new passkey, which its owner may change."""
        known = Authenticator.objects.filter(user=user, type=kind).count()
        return gettext("Passkey %(n)s") % {"n": known + 1}
