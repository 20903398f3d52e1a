"""What allauth asks about providers: the rows of the desk, and nothing of its own tables."""

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from django.http import HttpRequest
from requests import Session

from ambidesk.edge.web.ui.account.company.calling import session
from ambidesk.ground.kernel.sealing import unseal
from ambidesk.parties.staff.models import Provider


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Nobody signs up, and every call goes through egress."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:  # noqa: ARG002 allauth's signature
        """Nobody signs up: `vouching.admit` says who comes in."""
        return False

    def list_apps(
        self,
        request: HttpRequest,  # noqa: ARG002 allauth's signature
        provider: str | None = None,
        *,
        client_id: str | None = None,  # noqa: ARG002 allauth's signature
    ) -> list[SocialApp]:
        """The providers that are in use."""
        rows = Provider.objects.filter(archived_at=None)
        return [app_of(row) for row in (rows.filter(slug=provider) if provider else rows)]

    def get_requests_session(self) -> Session:
        """The one way out."""
        return session()


def app_of(provider: Provider) -> SocialApp:
    """A provider of the desk as allauth knows one; it is never saved."""
    return SocialApp(
        provider="openid_connect",
        provider_id=provider.slug,
        name=provider.name,
        client_id=provider.client_id,
        secret=unseal(provider.sealed_secret),
        settings={"server_url": provider.issuer.rstrip("/"), "oauth_pkce_enabled": True},
    )
