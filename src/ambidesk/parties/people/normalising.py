"""Normalised values of identities: pure, the same for whoever asks."""

import re

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.parties.matching.phones import e164
from ambidesk.parties.people.models import IdentityKind

EMAIL_FORM = re.compile(r"[^@\s<>\"(),:;\\\x00-\x1f]{1,64}@[^@\s<>\"(),:;\\\x00-\x1f]{1,255}")

LONGEST_EMAIL = 254


class NotAnAddress(InvalidInput):
    """The value cannot be reached."""

    sentence = _("“%(value)s” is not an address of this kind.")


def normal_email(value: str) -> str:
    """
    Bring an e-mail address to one form: lower case, domain in IDNA.

    Raises:
        NotAnAddress: it has no single @ or a forbidden sign.
    Source: RFC 5321 4.5.3.1 for the lengths; local parts are compared without case, as all large
    providers do.
    """
    value = value.strip()
    if not EMAIL_FORM.fullmatch(value):
        raise NotAnAddress(field="email", value=value[:80])
    local, _at, domain = value.rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        domain = domain.strip(".")
    found = f"{local}@{domain}".lower()
    # A domain grows when it is written in IDNA.
    if len(found) > LONGEST_EMAIL:
        raise NotAnAddress(field="email", value=value[:80])
    return found


def normal_domain(name: str) -> str:
    """
    Bring a mail domain to the form that it has in addresses; an @ before it is left out.

    Raises:
        NotAnAddress: no mail comes from there.
    """
    plain = name.strip().lstrip("@")
    try:
        plain.encode("idna")
    except UnicodeError as wrong:
        raise NotAnAddress(field="domain", value=name[:80]) from wrong
    domain = normal_email(f"a@{plain}").rpartition("@")[2]
    if "." not in domain or any(sign in domain for sign in " /"):
        raise NotAnAddress(field="domain", value=name[:80])
    return domain


def normal_phone(value: str, *, country: str = "RU") -> str:
    """
    Bring a phone number to E.164.

    Raises:
        NotAnAddress: no number of any country.
    Source: ITU-T E.164.
    """
    found = e164(value, country=country)
    if found is None:
        raise NotAnAddress(field="phone", value=value[:80])
    return found


def normal(kind: IdentityKind, value: str) -> str:
    """
    Bring a value of any kind to its one form.

    Raises:
        NotAnAddress: the value is none of its kind.
    """
    match kind:
        case IdentityKind.EMAIL:
            return normal_email(value)
        case IdentityKind.PHONE:
            return normal_phone(value)
        case IdentityKind.MESSENGER | IdentityKind.VISITOR:
            return value.strip()[:320]
