"""A provider of SAML 2.0: answers signed by a real key, and the ways to forge them."""

import base64
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from onelogin.saml2.utils import OneLogin_Saml2_Utils as Utils
from onelogin.saml2.xmlparser import fromstring

from tests.edge.web.ui.account.company.keys import key_pair

ENTITY = "https://idp.chain.example/saml"
SIGN_ON = "https://idp.chain.example/sso"
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
DIGEST = "http://www.w3.org/2001/04/xmlenc#sha256"
NAMESPACES = (
    'xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" '
    'xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"'
)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What our request says."""

    number: str
    acs: str
    entity: str
    relay: str


def read(url: str) -> Asked:
    """Read an authentication request from the address to which a browser is sent."""
    query = {key: values[0] for key, values in parse_qs(urlsplit(url).query).items()}
    request = fromstring(zlib.decompress(base64.b64decode(query["SAMLRequest"]), -15))
    issuer = request.find("{urn:oasis:names:tc:SAML:2.0:assertion}Issuer")
    return Asked(
        number=request.attrib["ID"],
        acs=request.attrib["AssertionConsumerServiceURL"],
        entity=str(issuer.text),
        relay=query.get("RelayState", ""),
    )


@dataclass(frozen=True, kw_only=True)
class Saying:
    """What is asserted, and how; whatever is None is taken from the request."""

    subject: str = "u-7"
    email: str = "olga@desk.example"
    groups: tuple[str, ...] = ()
    key: str = "chain"
    is_signed: bool = True
    audience: str | None = None
    recipient: str | None = None
    answers: str | None = None
    format: str = PERSISTENT
    minutes: int = 5
    number: str = field(default_factory=lambda: f"_{uuid4().hex}")


def assertion(asked: Asked, saying: Saying) -> str:
    """Write an assertion, signed if it is."""
    now = datetime.now(UTC)
    until = (now + timedelta(minutes=saying.minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")
    since = (now - timedelta(minutes=10)).strftime("%Y-%m-%dT%H:%M:%SZ")
    answers = asked.number if saying.answers is None else saying.answers
    named = f' InResponseTo="{answers}"' if answers else ""
    acs = saying.recipient or asked.acs
    groups = "".join(f"<saml:AttributeValue>{each}</saml:AttributeValue>" for each in saying.groups)
    text = (
        f'<saml:Assertion {NAMESPACES} ID="{saying.number}" Version="2.0" IssueInstant="{since}">'
        f"<saml:Issuer>{ENTITY}</saml:Issuer><saml:Subject>"
        f'<saml:NameID Format="{saying.format}">{saying.subject}</saml:NameID>'
        f'<saml:SubjectConfirmation Method="{BEARER}"><saml:SubjectConfirmationData '
        f'NotOnOrAfter="{until}" Recipient="{acs}"{named}/>'
        f"</saml:SubjectConfirmation></saml:Subject>"
        f'<saml:Conditions NotBefore="{since}" NotOnOrAfter="{until}"><saml:AudienceRestriction>'
        f"<saml:Audience>{saying.audience or asked.entity}</saml:Audience>"
        f"</saml:AudienceRestriction></saml:Conditions>"
        f'<saml:AuthnStatement AuthnInstant="{since}"><saml:AuthnContext><saml:AuthnContextClassRef>'
        f"urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef>"
        f"</saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>"
        f'<saml:Attribute Name="email"><saml:AttributeValue>{saying.email}</saml:AttributeValue>'
        f'</saml:Attribute><saml:Attribute Name="groups">{groups}</saml:Attribute>'
        f"</saml:AttributeStatement></saml:Assertion>"
    )
    if not saying.is_signed:
        return text
    key, certificate = key_pair(saying.key)
    signed = Utils.add_sign(text, key, certificate, sign_algorithm=SHA256, digest_algorithm=DIGEST)
    return str(signed.decode() if isinstance(signed, bytes) else signed)


def response(asked: Asked, *assertions: str, before: str = "", answers: str | None = None) -> str:
    """Write the answer around assertions, as a browser brings it."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    inner = "".join(each.partition("?>")[2] or each for each in assertions)
    text = (
        f'{before}<samlp:Response {NAMESPACES} ID="_{uuid4().hex}" Version="2.0" '
        f'IssueInstant="{now}" Destination="{asked.acs}" InResponseTo="{answers or asked.number}">'
        f"<saml:Issuer>{ENTITY}</saml:Issuer><samlp:Status>"
        f'<samlp:StatusCode Value="{SUCCESS}"/></samlp:Status>{inner}</samlp:Response>'
    )
    return base64.b64encode(text.encode()).decode()
