"""Colleagues sign in with the account of their company, by a provider that speaks the protocol."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.journal import Wanted, acts
from ambidesk.ground.reach.models import Grant, Role, User
from ambidesk.parties.staff.arranging import ProviderText, arrange_provider
from ambidesk.parties.staff.hiring import dismiss
from ambidesk.parties.staff.models import Member, Provider, ProviderKind, Subject
from tests.cast import Cast
from tests.edge.web.conftest import PASSWORD
from tests.edge.web.ui.account.company.oidc_provider import (
    CLIENT,
    OTHER_KEY,
    SECRET,
    OidcProvider,
    oidc_provider,
)

OLGA = {"sub": "o-1", "email": "olga@desk.example", "email_verified": True, "name": "Olga"}


@pytest.fixture
def idp() -> Iterator[OidcProvider]:
    with oidc_provider() as provider, override_settings(EGRESS_HOSTS=frozenset({"127.0.0.1"})):
        yield provider


def _arranged(cast: Cast, idp: OidcProvider, **changes: Any) -> Provider:
    values = {"domains": ["desk.example"], "client_id": CLIENT, "secret": SECRET, **changes}
    text = ProviderText(name="Chain", kind=ProviderKind.OIDC, issuer=idp.url, **values)
    return arrange_provider(None, text, by=cast.actor(cast.admin), at=cast.at)


def _there(client: Client, provider: Provider) -> str:
    answer = client.post(f"/account/company/{provider.slug}/", {"next": "/settings/"})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def _back(client: Client, provider: Provider, given: dict[str, str]) -> HttpResponse:
    page = client.get(f"/account/company/{provider.slug}/answer/", given)
    assert given["code"] in page.content.decode()
    return client.post(f"/account/company/{provider.slug}/answer/", given)  # type: ignore[return-value]


def _signed_in(client: Client, provider: Provider, idp: OidcProvider) -> HttpResponse:
    return _back(client, provider, idp.authorize(_there(client, provider)))


def _who(client: Client) -> str:
    number = client.session.get("_auth_user_id")
    return User.objects.get(pk=number).email if number else ""


def test_a_colleague_comes_in_and_is_known_by_the_subject_from_then_on(
    cast: Cast, idp: OidcProvider
) -> None:
    provider, client = _arranged(cast, idp), Client()
    assert SECRET not in provider.sealed_secret
    assert "Chain" in client.get("/account/login/").content.decode()
    idp.claims = OLGA
    answer = _signed_in(client, provider, idp)
    assert (answer.status_code, answer["Location"]) == (302, "/settings/")
    assert _who(client) == "olga@desk.example"
    # The address is another one at the provider; who it is stays the same.
    idp.claims = {**OLGA, "email": "ivan@desk.example"}
    again = Client()
    _signed_in(again, provider, idp)
    assert _who(again) == "olga@desk.example"
    told = acts(Wanted(kinds=("reach.signed_in",)), limit=1)[0]
    assert (told.data["way"], told.data["provider_id"]) == ("oidc", provider.pk)


@pytest.mark.parametrize(
    "claims",
    [
        {**OLGA, "email": "olga@other.example"},
        {**OLGA, "email_verified": False},
        {**OLGA, "email": "stranger@desk.example"},
        {"sub": "o-1"},
        {**OLGA, "nonce": "of another visit"},
        {**OLGA, "aud": "somebody else"},
        {**OLGA, "iss": "https://evil.example"},
        {**OLGA, "exp": 1},
    ],
)
def test_who_is_not_vouched_for_stays_outside(
    cast: Cast, idp: OidcProvider, claims: dict[str, Any]
) -> None:
    provider, client = _arranged(cast, idp), Client()
    idp.claims = claims
    assert _signed_in(client, provider, idp).status_code == 422
    assert _who(client) == ""
    assert not Subject.objects.exists()
    assert acts(Wanted(kinds=("reach.sign_in_failed",)), limit=1)[0].subject_id == 0


def test_a_token_that_the_provider_did_not_sign_proves_nothing(
    cast: Cast, idp: OidcProvider
) -> None:
    provider = _arranged(cast, idp)
    idp.claims = OLGA
    for key, algorithm in ((OTHER_KEY, "RS256"), ("a shared secret " * 3, "HS256"), (None, "none")):
        idp.key, idp.algorithm = key, algorithm
        client = Client()
        assert _signed_in(client, provider, idp).status_code == 422
        assert _who(client) == ""


def test_an_answer_counts_in_the_browser_that_asked_and_once(cast: Cast, idp: OidcProvider) -> None:
    provider, client = _arranged(cast, idp), Client()
    idp.claims = OLGA
    given = idp.authorize(_there(client, provider))
    assert _back(Client(), provider, given).status_code == 422
    assert _back(client, provider, {**given, "state": "guessed"}).status_code == 422
    assert _back(client, provider, given).status_code == 302
    assert _back(client, provider, given).status_code == 422


def test_the_first_sign_in_lets_in_where_that_is_set_with_roles_by_groups(
    cast: Cast, idp: OidcProvider
) -> None:
    lead, reader = Role.objects.get(key="team_lead"), Role.objects.get(key="reader")
    provider = _arranged(
        cast,
        idp,
        lets_in=True,
        group_claim="groups",
        roles={"leads": lead.pk},
        first_roles=[reader],
    )
    nina = {"sub": "n-1", "email": "nina@desk.example", "email_verified": True, "name": "Nina"}
    idp.claims = {**nina, "groups": ["leads"]}
    client = Client()
    assert _signed_in(client, provider, idp).status_code == 302
    member = Member.objects.get(user__email="nina@desk.example")
    assert set(Role.objects.filter(grants__user=member.user)) == {lead, reader}
    # The group is left: its role goes, and what was given by hand stays.
    idp.claims = {**nina, "groups": []}
    _signed_in(Client(), provider, idp)
    assert [grant.role for grant in Grant.objects.filter(user=member.user)] == [reader]


def test_a_former_colleague_stays_outside_whatever_the_provider_says(
    cast: Cast, idp: OidcProvider
) -> None:
    provider = _arranged(cast, idp, lets_in=True)
    idp.claims = OLGA
    _signed_in(Client(), provider, idp)
    dismiss(cast.olga, by=cast.actor(cast.admin), at=cast.at)
    client = Client()
    assert _signed_in(client, provider, idp).status_code == 422
    assert _who(client) == ""


def test_passwords_are_off_for_the_domain_but_for_who_may_mend_it(
    cast: Cast, idp: OidcProvider
) -> None:
    _arranged(cast, idp, is_only_way=True, keep_passwords=[cast.admin])
    for member, status in ((cast.olga, False), (cast.admin, True)):
        client = Client()
        client.post("/account/login/", {"login": member.user.email, "password": PASSWORD})
        assert bool(_who(client)) is status


def test_where_the_provider_leads_is_called_only_in_the_public_internet(
    cast: Cast, idp: OidcProvider
) -> None:
    provider = _arranged(cast, idp)
    with override_settings(EGRESS_HOSTS=frozenset()):
        answer = Client().post(f"/account/company/{provider.slug}/")
    assert answer.status_code == 422
    assert idp.asked == []


def test_an_administrator_sets_it_up_and_the_secret_is_never_shown(
    cast: Cast, admin: Client, idp: OidcProvider
) -> None:
    form = {
        "name": "Chain",
        "kind": "oidc",
        "issuer": idp.url,
        "client_id": CLIENT,
        "secret": SECRET,
        "domains": "desk.example, chain.example",
        "roles": "leads = Team lead",
    }
    assert admin.post("/settings/providers/new", form).status_code == 303
    provider = Provider.objects.get()
    page = admin.get(f"/settings/providers/{provider.pk}").content.decode()
    assert f"/account/company/{provider.slug}/answer/" in page
    assert SECRET not in page
    assert "leads = Team lead" in page
    for wrong in ({"is_only_way": "on"}, {"domains": "no domain/"}, {"roles": "x = y"}):
        assert (
            admin.post("/settings/providers/new", {**form, "name": "B", **wrong}).status_code == 422
        )
    assert journal.entries_of("provider", provider.pk)
    assert parse_qs(urlsplit(_there(Client(), provider)).query)["scope"]
