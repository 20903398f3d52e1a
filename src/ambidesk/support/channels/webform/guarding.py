"""
Guarding: a challenge is signed, costs a browser some work, and is good once.

The work rises with what comes from one place and to one form; who has no script goes by tighter
budgets. No service of others is asked.
"""

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import ephemeral
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.support.conversations.models import Channel

SIGNER: Final = Signer(salt="webform-challenge")
# So many bits of a digest are zero: a browser tries thirty thousand times, in a tenth of a second.
EASIEST, HARDEST = 15, 21
LONGEST: Final = timedelta(hours=8)
SHORTEST: Final = timedelta(seconds=3)
HOUR, MINUTE = 3600.0, 60.0
# So many are given before they get harder: from one place in an hour, of one form in a minute.
EASY_FROM_PLACE, EASY_OF_FORM = 10, 30
LONGEST_TOKEN: Final = 200


class Stale(Refusal):
    """The challenge is old, used, or none of ours."""

    sentence = _("The form was open for long or was sent already. Please send it once more.")


class TooQuick(Refusal):
    """Nobody types so fast."""

    sentence = _("That was very quick. Wait a moment and send it again.")
    status = 429


class Trapped(Refusal):
    """Something was typed where no person sees a field."""

    sentence = _("A hidden field was filled in. Empty it, or write us a mail.")


class TooMany(Refusal):
    """The budget is spent."""

    sentence = _("Many requests came from here just now. Nothing is lost: send it in an hour.")
    status = 429


class NoWork(TooMany):
    """Without a script only few can be let in."""

    sentence = _(
        "Many forms are sent just now. Switch on JavaScript for this page, or come back in an hour."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """What a browser works on: find a number whose digest with the token begins with zero bits."""

    token: str
    bits: int


def challenge(channel: Channel, *, place: str, at: datetime) -> Challenge:
    """Give a challenge; it is harder the more were given to this place and of this form."""
    keys = {f"webform:given:{place}": HOUR, f"webform:given:{channel.pk}:all": MINUTE}
    of_place, of_form = (ephemeral.count_many(keys)[key] for key in keys)
    load = max(of_place / EASY_FROM_PLACE, of_form / EASY_OF_FORM)
    bits = min(HARDEST, EASIEST + max(0, int(load).bit_length()))
    plain = f"{channel.pk}.{secrets.token_urlsafe(12)}.{bits}.{int(at.timestamp())}"
    return Challenge(token=SIGNER.sign(plain), bits=bits)


def pass_guard(
    channel: Channel, token: str, *, solution: str, place: str, email: str, at: datetime
) -> None:
    """
    Let a submission through once for its challenge, within the budgets.

    Raises:
        Stale, TooQuick: the challenge does not count, or not yet.
        TooMany, NoWork: enough came from this place, under this address, by this form.
    """
    nonce = _checked(channel, token, at=at)
    if not ephemeral.add(f"webform:spent:{nonce}", True, seconds=LONGEST.total_seconds()):
        raise Stale
    _spend_budgets(channel, place=place, email=email, has_worked=_is_solved(token, solution))


def require_no_trap(typed: str) -> None:
    """
    Look whether the field that no person sees is empty.

    Raises:
        Trapped: it is not.
    """
    if typed.strip():
        raise Trapped


def _checked(channel: Channel, token: str, *, at: datetime) -> str:
    try:
        key, nonce, _bits, since = SIGNER.unsign(token[:LONGEST_TOKEN]).split(".")
    except (BadSignature, ValueError) as wrong:
        raise Stale from wrong
    age = at.timestamp() - int(since)
    if key != str(channel.pk) or not 0 <= age <= LONGEST.total_seconds():
        raise Stale
    if age < SHORTEST.total_seconds():
        raise TooQuick
    return nonce


def _is_solved(token: str, solution: str) -> bool:
    if not solution.isdecimal() or len(solution) > 20:
        return False
    bits = int(token.split(".")[2])
    digest = int.from_bytes(sha256(f"{token}:{solution}".encode()).digest())
    return digest >> (256 - bits) == 0


def _spend_budgets(channel: Channel, *, place: str, email: str, has_worked: bool) -> None:
    address = hmac.new(b"webform", email.encode(), "sha256").hexdigest()[:32]
    form, brand = f"webform:form:{channel.pk}", f"webform:brand:{channel.brand_id}"
    own = {
        f"webform:place:{channel.pk}:{place}": 30,
        f"webform:email:{channel.pk}:{address}": 10,
    }
    if not has_worked:
        own[f"{form}:unworked:{place}"] = 3
    # What is shared is counted last: whoever is refused by their own takes nothing from others.
    _spend(own)
    if not has_worked:
        _spend({f"{form}:unworked": 60})
    _spend({form: 600, brand: 2_000})


def _spend(most: Mapping[str, int]) -> None:
    counted = ephemeral.count_many(dict.fromkeys(most, HOUR))
    full = {key for key, limit in most.items() if counted[key] > limit}
    if full:
        raise NoWork if all("unworked" in key for key in full) else TooMany
