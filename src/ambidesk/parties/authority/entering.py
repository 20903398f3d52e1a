"""
Entering: who a client's account acts as, computed at each request.

A login that a department shares opens nothing before somebody said who is speaking.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import connection

from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.granting import actor_of
from ambidesk.ground.reach.models import User
from ambidesk.parties.authority.rights import PortalRight
from ambidesk.parties.authority.rules.power import Power, Topic
from ambidesk.parties.authority.rules.scope import ScopeKind
from ambidesk.parties.authority.speaking import speaking_by

# Whoever looks after several sites has a board of them.
WIDE = frozenset({ScopeKind.TERRITORIES, ScopeKind.COMPANY})

# Authorities that hold at the instant, of contacts who are ones then; company by company.
HELD = """
    SELECT account.person_id, authority.id, authority.company_id,
           authority.powers, authority.told, authority.scope, shared.id
      FROM authority_account account
      LEFT JOIN companies_contact contact
             ON contact.person_id = account.person_id
            AND contact.since_on <= %(day)s
            AND (contact.until_on IS NULL OR contact.until_on > %(day)s)
      LEFT JOIN authority_authority authority
             ON authority.contact_id = contact.id
            AND authority.since <= %(at)s AND (authority.until IS NULL OR authority.until > %(at)s)
      LEFT JOIN authority_sharedlogin shared ON shared.contact_id = contact.id
     WHERE account.user_id = %(user)s
"""


def entering(user: User, *, at: datetime, spoken: object = None) -> Actor:
    """
    Say as whom an account acts now: staff by their roles, a client by what authorities hold.

    `spoken` is what the session keeps of who is speaking, where several people share the login.
    """
    actor = actor_of(user)
    if not (user.is_client and user.is_active):
        return actor
    with connection.cursor() as cursor:
        cursor.execute(HELD, {"user": user.pk, "at": at, "day": day_of(at)})
        rows = cursor.fetchall()
    held = [row for row in rows if row[1]]
    is_shared = any(row[6] for row in rows)
    if not held:
        return replace(actor, is_shared=is_shared)
    person = rows[0][0]
    speaking = speaking_by(spoken, person=person, on=day_of(at)) if is_shared else None
    rights = _rights([row[:6] for row in held])
    if is_shared:
        rights = frozenset({str(PortalRight.SPEAK)}) | (rights if speaking else frozenset())
    return replace(
        actor,
        id=person,
        rights=rights,
        companies=frozenset(company for _person, _authority, company, *_rest in held),
        authorities=frozenset(authority for _person, authority, *_rest in held),
        scopes=frozenset(scope for *_row, scope, _shared in held),
        asked_at=at,
        is_shared=is_shared,
        speaking=speaking,
    )


def _rights(held: Sequence[tuple[int, int, int, list[str], list[str], str]]) -> frozenset[str]:
    """What of the portal opens by all of them together."""
    powers = {power for *_row, given, _told, _scope in held for power in given}
    # Whoever only works for a company that we call in has nothing to look for among clients.
    is_client = any(given != [Power.PERFORM] for *_row, given, _told, _scope in held)
    told = {topic for *_row, given, _scope in held for topic in given}
    opened = {
        PortalRight.ENTER: is_client,
        PortalRight.PERFORM: Power.PERFORM in powers,
        PortalRight.MANAGE: Power.MANAGE in powers,
        PortalRight.CONTRACTS: is_client and Topic.CONTRACT in told,
        PortalRight.OVERSEE: is_client and any(scope in WIDE for *_row, scope in held),
    }
    return frozenset(str(right) for right, is_open in opened.items() if is_open)
