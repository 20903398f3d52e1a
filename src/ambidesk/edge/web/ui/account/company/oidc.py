"""
OpenID Connect: code flow with PKCE, state and nonce; the token's signature is always checked.

Source: OpenID Connect Core 1.0, 3.1; RFC 7636; RFC 9700.
"""

import secrets
from collections.abc import Mapping
from typing import Any, Final

import jwt
from allauth.socialaccount.internal import jwtkit, statekit
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from ambidesk.edge.web.ui.account.company.apps import app_of
from ambidesk.edge.web.ui.account.company.failing import NotProved
from ambidesk.edge.web.ui.requests import Request
from ambidesk.parties.staff.models import Provider
from ambidesk.parties.staff.vouching import Claim

# With a shared secret whoever knows it could write tokens; "none" proves nothing.
ALGORITHMS: Final = frozenset("RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA".split())
NONCE: Final = "nonce"


class Machinery(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth has no types
    """allauth's adapter of one provider, with our addresses and a stricter reading of tokens."""

    row: Provider

    def get_provider(self) -> OpenIDConnectProvider:
        """The provider, from our row."""
        return Company(self.request, app=app_of(self.row))

    def get_callback_url(self, request: Request, app: object) -> str:  # noqa: ARG002 allauth's signature
        """Where the provider sends the browser back to."""
        return settings.BASE_URL + reverse("company-answer", args=[self.row.slug])

    def claims_of(self, id_token: str) -> dict[str, Any]:
        """Read a token that the provider signed for us, now."""
        header = jwt.get_unverified_header(id_token)
        if header.get("alg") not in ALGORITHMS:
            raise OAuth2Error("the token is not signed by a key of the provider")
        config = self.openid_config
        if str(config["issuer"]).rstrip("/") != self.row.issuer.rstrip("/"):
            raise OAuth2Error("another issuer")
        claims: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=config["jwks_uri"],
            issuer=config["issuer"],
            audience=self.row.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return claims


class Company(OpenIDConnectProvider):  # type: ignore[misc]  # allauth has no types
    """allauth's provider, driven by our row."""

    oauth2_adapter_class = Machinery


def begin(request: Request, row: Provider, *, next_url: str) -> HttpResponse:
    """Send the browser to the provider."""
    machinery = _machinery(request, row)
    provider = machinery.get_provider()
    provider.get_oauth2_adapter = lambda _request: machinery
    nonce = secrets.token_urlsafe(24)
    answer: HttpResponse = provider.redirect(
        request, process="login", next_url=next_url, auth_params={NONCE: nonce}, nonce=nonce
    )
    return answer


def finish(request: Request, row: Provider, given: Mapping[str, str]) -> tuple[Claim, str]:
    """
    Read what the provider answered; give who it says somebody is, and where they wanted to go.

    Raises:
        NotProved: it says nothing that holds.
        OAuth2Error, requests.RequestException, ValueError, KeyError: neither does this.
    """
    state = statekit.unstash_state(
        request, provider_id=row.slug, state_id=given.get("state", "")[:64]
    )
    if state is None or not given.get("code"):
        raise NotProved
    machinery = _machinery(request, row)
    client = machinery.get_client(request, app_of(row))
    verifier = state["pkce_code_verifier"]
    tokens = client.get_access_token(given["code"], pkce_code_verifier=verifier)
    claims = machinery.claims_of(tokens["id_token"])
    if not secrets.compare_digest(str(claims.get(NONCE, "")), state[NONCE]):
        raise NotProved
    if "email" not in claims and machinery.openid_config.get("userinfo_endpoint"):
        more = machinery._fetch_user_info(tokens["access_token"])  # noqa: SLF001 allauth's step
        if more.get("sub") != claims["sub"]:
            raise NotProved
        claims = {**more, **claims}
    return _claim(row, claims), str(state.get("next") or "")


def _claim(row: Provider, claims: Mapping[str, Any]) -> Claim:
    groups = claims.get(row.group_claim) if row.group_claim else None
    return Claim(
        subject=str(claims["sub"]),
        email=str(claims.get("email") or ""),
        # A provider that says nothing of it stands for its own domain; one that denies it does not.
        is_verified=str(claims.get("email_verified", True)).lower() == "true",
        name=str(claims.get("name") or ""),
        groups=[str(each) for each in groups] if isinstance(groups, list) else None,
    )


def _machinery(request: Request, row: Provider) -> Machinery:
    made = Machinery(request, row.slug)
    made.row = row
    return made
