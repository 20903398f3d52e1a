"""Second factors: adding and removing them leads back to the profile, by way of spare codes."""

from allauth.account.adapter import get_adapter
from allauth.mfa.adapter import get_adapter as factor_adapter
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, EditWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse

from ambidesk.edge.web.ui.pages import back_to


class AddApp(ActivateTOTPView):  # type: ignore[misc]  # allauth has no types
    """An app that makes codes."""

    def get_success_url(self) -> str:
        """The spare codes when these are the first, else the profile."""
        return _onward(is_first=self.did_generate_recovery_codes)


class RemoveApp(DeactivateTOTPView):  # type: ignore[misc]  # allauth has no types
    """No codes of an app any more."""

    def get_success_url(self) -> str:
        """The profile."""
        return reverse("profile")


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]  # allauth has no types
    """A passkey of this device, a phone or a key."""

    def get_success_url(self) -> str:
        """The spare codes when these are the first, else the profile."""
        return _onward(is_first=self.did_generate_recovery_codes)


class RenamePasskey(EditWebAuthnView):  # type: ignore[misc]  # allauth has no types
    """Another name for a passkey."""

    def get_success_url(self) -> str:
        """The profile."""
        return reverse("profile")


class RemovePasskey(RemoveWebAuthnView):  # type: ignore[misc]  # allauth has no types
    """A passkey goes, unless a short password would stand alone."""

    def form_valid(self, form: Form) -> HttpResponse:
        """Remove it where it may be removed."""
        adapter = factor_adapter()
        if adapter.can_delete_authenticator(self.object):
            answer: HttpResponse = super().form_valid(form)
            return answer
        words = str(adapter.error_messages["cannot_delete_authenticator"])
        get_adapter().add_message(self.request, messages.ERROR, message=words)
        return back_to("profile")

    def get_success_url(self) -> str:
        """The profile."""
        return reverse("profile")


def _onward(*, is_first: bool) -> str:
    return reverse("codes") if is_first else reverse("profile")
