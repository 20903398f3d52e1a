"""Colleagues sign in by SAML 2.0: a signed assertion, for us, now, once; forgeries are refused."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from ambidesk.ground.reach.models import User
from ambidesk.parties.staff.arranging import NotACertificate, ProviderText, arrange_provider
from ambidesk.parties.staff.models import Provider, ProviderKind
from tests.cast import Cast
from tests.edge.web.ui.account.company.keys import key_pair
from tests.edge.web.ui.account.company.saml_provider import (
    ENTITY,
    SIGN_ON,
    Asked,
    Saying,
    assertion,
    read,
    response,
)


@pytest.fixture
def provider(cast: Cast) -> Provider:
    text = ProviderText(
        name="Chain",
        kind=ProviderKind.SAML,
        issuer=ENTITY,
        sign_on_url=SIGN_ON,
        certificate=key_pair("chain")[1],
        domains=["desk.example"],
    )
    return arrange_provider(None, text, by=cast.actor(cast.admin), at=cast.at)


def _there(client: Client, provider: Provider) -> Asked:
    answer = client.post(f"/account/company/{provider.slug}/", {"next": "/settings/"})
    assert answer["Location"].startswith(SIGN_ON)
    return read(answer["Location"])


def _back(client: Client, provider: Provider, asked: Asked, content: str) -> HttpResponse:
    # From the provider's page, so without the cookies of ours.
    given = {"SAMLResponse": content, "RelayState": asked.relay}
    answer = Client().post(f"/account/company/{provider.slug}/assertion/", given)
    assert answer.status_code == 303
    held = answer["Location"].rpartition("=")[2]
    assert held in client.get(answer["Location"]).content.decode()
    return client.post(f"/account/company/{provider.slug}/answer/", {"held": held})  # type: ignore[return-value]


def _who(client: Client) -> str:
    number = client.session.get("_auth_user_id")
    return User.objects.get(pk=number).email if number else ""


def test_a_signed_assertion_lets_a_colleague_in(cast: Cast, provider: Provider) -> None:
    client = Client()
    asked = _there(client, provider)
    answer = _back(client, provider, asked, response(asked, assertion(asked, Saying())))
    assert (answer.status_code, answer["Location"]) == (302, "/settings/")
    assert _who(client) == "olga@desk.example"
    assert cast.olga.subjects.get().value == "u-7"


def _wrapped(asked: Asked) -> str:
    """A signed assertion of Olga's goes along, and a forged one stands where it is looked for."""
    forged = Saying(subject="u-1", email="ada@desk.example", is_signed=False)
    return response(asked, assertion(asked, forged), assertion(asked, Saying()))


def _nested(asked: Asked) -> str:
    """The signed assertion is hidden inside a forged one of the same number."""
    real = Saying()
    inner = assertion(asked, real).partition("?>")[2] or assertion(asked, real)
    forged = assertion(
        asked, Saying(email="ada@desk.example", is_signed=False, number=real.number)
    ).replace("</saml:Assertion>", f"<saml:Advice>{inner}</saml:Advice></saml:Assertion>")
    return response(asked, forged)


def _commented(asked: Asked) -> str:
    """A comment splits the signed subject: what is before it must not be all that is read."""
    said = Saying(subject="ada", email="ada@desk.example")
    return response(asked, assertion(asked, said).replace("ada@desk", "ada<!-- x -->@evil"))


FORGERIES: dict[str, Callable[[Asked], str]] = {
    "unsigned": lambda asked: response(asked, assertion(asked, Saying(is_signed=False))),
    "another key": lambda asked: response(asked, assertion(asked, Saying(key="other"))),
    "audience": lambda asked: response(asked, assertion(asked, Saying(audience="https://x.y"))),
    "recipient": lambda asked: response(asked, assertion(asked, Saying(recipient="https://x.y"))),
    "another request": lambda asked: response(asked, assertion(asked, Saying(answers="_1"))),
    "unasked": lambda asked: response(asked, assertion(asked, Saying(answers=""))),
    "no request": lambda asked: response(asked, assertion(asked, Saying()), answers="_1"),
    "too late": lambda asked: response(asked, assertion(asked, Saying(minutes=-8))),
    "changed": lambda asked: response(
        asked, assertion(asked, Saying()).replace("olga@desk", "ada@desk")
    ),
    "transient": lambda asked: response(
        asked,
        assertion(asked, Saying(format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient")),
    ),
    "wrapped": _wrapped,
    "nested": _nested,
    "commented": _commented,
    "entities": lambda asked: response(
        asked,
        assertion(asked, Saying()),
        before='<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    ),
    "bomb": lambda asked: response(
        asked, "&l;", before='<!DOCTYPE a [<!ENTITY k "kk"><!ENTITY l "&k;&k;&k;">]>'
    ),
    "no xml": lambda _asked: "bm90IHhtbA==",
    "nothing": lambda _asked: "",
}


@pytest.mark.parametrize("forgery", sorted(FORGERIES))
def test_a_forgery_opens_nothing(cast: Cast, provider: Provider, forgery: str) -> None:
    client = Client()
    asked = _there(client, provider)
    answer = _back(client, provider, asked, FORGERIES[forgery](asked))
    assert answer.status_code == 422
    assert _who(client) == ""


def test_an_answer_is_good_once_and_in_the_browser_that_asked(
    cast: Cast, provider: Provider
) -> None:
    client, other = Client(), Client()
    asked = _there(client, provider)
    content = response(asked, assertion(asked, Saying()))
    assert _back(other, provider, asked, content).status_code == 422
    assert _back(client, provider, asked, content).status_code == 302
    client.logout()
    assert _back(client, provider, asked, content).status_code == 422
    # The same assertion in an answer to another request is refused as well.
    later = _there(client, provider)
    assert _back(client, provider, later, content).status_code == 422


def test_the_metadata_says_where_and_that_assertions_are_signed(
    cast: Cast, provider: Provider
) -> None:
    page = Client().get(f"/account/company/{provider.slug}/metadata/").content.decode()
    assert f"/account/company/{provider.slug}/assertion/" in page
    assert 'WantAssertionsSigned="true"' in page


def test_what_is_no_certificate_is_refused(cast: Cast) -> None:
    text = ProviderText(
        name="X", kind=ProviderKind.SAML, issuer=ENTITY, sign_on_url=SIGN_ON, certificate="x"
    )
    with pytest.raises(NotACertificate):
        arrange_provider(None, text, by=cast.actor(cast.admin), at=cast.at)
