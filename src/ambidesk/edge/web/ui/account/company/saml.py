"""
SAML 2.0: a signed assertion that answers our own request, for us, now, and once.

Source: SAML 2.0 Profiles, 4.1; python3-saml in its strict mode reads and checks the answer.
"""

from base64 import b64decode
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from allauth.socialaccount.internal import statekit
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from onelogin.saml2.auth import OneLogin_Saml2_Auth
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Names
from onelogin.saml2.settings import OneLogin_Saml2_Settings
from onelogin.saml2.xml_utils import OneLogin_Saml2_XML as Xml

from ambidesk.edge.web.ui.account.company.failing import NotProved
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel import ephemeral
from ambidesk.parties.staff.models import Provider
from ambidesk.parties.staff.vouching import Claim

LONGEST: Final = 200_000
# Longer than any assertion is good for.
REMEMBERED_SECONDS: Final = 24 * 3600
EMAIL: Final = (
    "email",
    "mail",
    "urn:oid:0.9.2342.19200300.100.1.3",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
)
NAME: Final = (
    "name",
    "displayName",
    "urn:oid:2.16.840.1.113730.3.1.241",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name",
)

CONFIRMED: Final = (
    "/samlp:Response/saml:Assertion/saml:Subject/saml:SubjectConfirmation"
    "/saml:SubjectConfirmationData"
)
SECURITY: Final = {
    "wantAssertionsSigned": True,
    "wantNameId": True,
    "wantAttributeStatement": False,
    "rejectDeprecatedAlgorithm": True,
    "requestedAuthnContext": False,
    "allowSingleLabelDomains": True,
    "allowRepeatAttributeName": True,
    "signatureAlgorithm": Names.RSA_SHA256,
    "digestAlgorithm": Names.SHA256,
}


def begin(request: Request, row: Provider, *, next_url: str) -> HttpResponse:
    """Send the browser to the provider."""
    auth = _auth(row, {})
    url = auth.login(return_to="")
    number = auth.get_last_request_id()
    state = {"process": "login", "next": next_url}
    statekit.stash_state(request, provider_id=row.slug, state=state, state_id=number)
    # The request's own id comes back as the relay state: it names what is answered.
    return HttpResponseRedirect(url.replace("RelayState=", f"RelayState={number}", 1))


def finish(request: Request, row: Provider, given: Mapping[str, str]) -> tuple[Claim, str]:
    """
    Read what the provider answered; give who it says somebody is, and where they wanted to go.

    Raises:
        NotProved: it says nothing that holds.
    """
    number, answer = given.get("RelayState", "")[:100], given.get("SAMLResponse", "")
    state = statekit.unstash_state(request, provider_id=row.slug, state_id=number)
    if state is None or not answer or len(answer) > LONGEST:
        raise NotProved
    _require_plain(answer)
    auth = _read(row, answer, number=number)
    if auth.get_errors() or not auth.is_authenticated():
        raise NotProved
    if auth.get_last_response_in_response_to() != number or not _answers(auth, number):
        raise NotProved
    used = f"saml:{row.pk}:{auth.get_last_assertion_id()}"
    if not ephemeral.add(used, 1, seconds=REMEMBERED_SECONDS):
        raise NotProved
    return _claim(row, auth), str(state.get("next") or "")


def _answers(auth: OneLogin_Saml2_Auth, number: str) -> bool:
    """Whether the signed part itself names our request: the shell around it is signed by nobody."""
    rows = Xml.query(Xml.to_etree(auth.get_last_response_xml()), CONFIRMED)
    return bool(rows) and all(row.get("InResponseTo") == number for row in rows)


def metadata(row: Provider) -> bytes:
    """What the provider must know of us."""
    made = OneLogin_Saml2_Settings(_config(row), sp_validation_only=True)
    written = made.get_sp_metadata()
    return written if isinstance(written, bytes) else str(written).encode()


def _claim(row: Provider, auth: OneLogin_Saml2_Auth) -> Claim:
    told: dict[str, list[str]] = auth.get_attributes()
    subject = str(auth.get_nameid() or "")
    if auth.get_nameid_format() == Names.NAMEID_TRANSIENT or not subject:
        # A name for one visit is nobody's.
        raise NotProved
    email = _first(told, EMAIL)
    if not email and auth.get_nameid_format() == Names.NAMEID_EMAIL_ADDRESS:
        email = subject
    groups = told.get(row.group_claim, []) if row.group_claim else None
    # Signed by the one provider to which the domain is bound: nobody else could say more of it.
    return Claim(
        subject=subject,
        email=email,
        is_verified=bool(email),
        name=_first(told, NAME),
        groups=groups,
    )


def _first(told: Mapping[str, list[str]], names: tuple[str, ...]) -> str:
    return next((told[name][0] for name in names if told.get(name)), "")


def _read(row: Provider, answer: str, *, number: str) -> OneLogin_Saml2_Auth:
    try:
        auth = _auth(row, {"SAMLResponse": answer})
        auth.process_response(request_id=number)
    except Exception as wrong:
        raise NotProved from wrong
    return auth


def _require_plain(answer: str) -> None:
    """
    Refuse declarations of types and entities before any parser meets them.

    Raises:
        NotProved: there are some, or it is not even text.
    """
    try:
        text = b64decode(answer, validate=False)
    except ValueError as wrong:
        raise NotProved from wrong
    if b"<!" in text.replace(b"<!--", b"") or b"\x00" in text:
        raise NotProved


def _auth(row: Provider, post: Mapping[str, str]) -> OneLogin_Saml2_Auth:
    parts = urlsplit(_acs(row))
    asked = {
        "https": "on" if parts.scheme == "https" else "off",
        "http_host": parts.netloc,
        "script_name": parts.path,
        "path_info": "",
        "get_data": {},
        "post_data": dict(post),
    }
    return OneLogin_Saml2_Auth(asked, _config(row))


def _config(row: Provider) -> dict[str, Any]:
    entity = settings.BASE_URL + reverse("company-metadata", args=[row.slug])
    return {
        "strict": True,
        "security": SECURITY,
        "sp": {
            "entityId": entity,
            "assertionConsumerService": {
                "url": _acs(row),
                "binding": Names.BINDING_HTTP_POST,
            },
            "NameIDFormat": Names.NAMEID_UNSPECIFIED,
        },
        "idp": {
            "entityId": row.issuer,
            "singleSignOnService": {
                "url": row.sign_on_url,
                "binding": Names.BINDING_HTTP_REDIRECT,
            },
            "x509cert": row.certificate,
        },
    }


def _acs(row: Provider) -> str:
    return settings.BASE_URL + reverse("company-assertion", args=[row.slug])
