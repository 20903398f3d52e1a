"""Forms of sign-in: allauth's, with labels above and without words inside the fields."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCode
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.ground.reach.events import SignInFailure
from ambidesk.ground.reach.passwords import LONGEST
from ambidesk.ground.reach.signing_in import note_failed


def _quietly(form: forms.Form, *, first: str) -> None:
    """Take the words out of the fields and put the cursor into the first one."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
    form.fields[first].widget.attrs["autofocus"] = True


class SignIn(LoginForm):  # type: ignore[misc]  # allauth has no types
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _quietly(self, first="login")
        self.fields["login"].label = _("E-mail")
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].help_text = ""
        self.fields["password"].max_length = LONGEST


class PasswordAgain(ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _quietly(self, first="password")


class NewPassword(ChangePasswordForm):  # type: ignore[misc]  # allauth has no types
    """The old password and a new one, typed once: it can be shown."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        _quietly(self, first="oldpassword")
        self.fields["oldpassword"].label = _("Your password until now")
        self.fields["password1"].label = _("New password")
        self.fields["password1"].help_text = _(
            "At least fifteen characters, or eight beside a second factor; "
            "three words are easy to remember."
        )


class Code(AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """A code of the app, or a spare one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_digits(self)

    def _emit_authentication_failed(self, authenticator: Authenticator) -> None:
        """Remember that somebody knew the password and not the code."""
        super()._emit_authentication_failed(authenticator)
        note_failed(self.user, SignInFailure.CODE, by=SYSTEM, at=context.request.at)


class CodeAgain(ReauthenticateByCode):  # type: ignore[misc]  # allauth has no types
    """A code once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_digits(self)


class FirstCode(ActivateTOTPForm):  # type: ignore[misc]  # allauth has no types
    """The first code of a new app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_for_digits(self)


class NewPasskey(AddWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """A passkey by its name; with it alone one can sign in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _quietly(self, first="name")
        self.fields["name"].label = _("Name")
        self.fields["name"].help_text = _("So that you know it again: “Phone”, “Blue key”.")
        self.fields["passwordless"].label = _("Sign in with it alone, without a password")
        self.fields["passwordless"].help_text = _("It will ask for a finger, a face or a PIN.")
        self.fields["passwordless"].initial = True


class PasskeyName(EditWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _quietly(self, first="name")
        self.fields["name"].label = _("Name")
        self.fields["name"].max_length = 100


def _ask_for_digits(form: forms.Form) -> None:
    _quietly(form, first="code")
    form.fields["code"].label = _("Code")
    form.fields["code"].widget.attrs["inputmode"] = "numeric"


FORMS = "ambidesk.edge.web.ui.account.forms"
ACCOUNT_FORMS = {
    "login": f"{FORMS}.SignIn",
    "reauthenticate": f"{FORMS}.PasswordAgain",
    "change_password": f"{FORMS}.NewPassword",
}
