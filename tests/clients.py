"""
Two companies with sites, areas and contacts of every kind, beside the standing cast.

The chain has a shop in the north and one in the south; the house has one site. Their words hold
canaries: whatever a contact of the one is answered, the other's must not occur in it.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from PIL import Image

from ambidesk.ground.files.storing import store
from ambidesk.ground.kernel.money import Money
from ambidesk.ground.reach.actor import SYSTEM, Actor
from ambidesk.ground.reach.models import User
from ambidesk.parties.authority.entering import entering
from ambidesk.parties.authority.granting import Terms, grant_authority
from ambidesk.parties.authority.inviting import invite
from ambidesk.parties.authority.models import Authority
from ambidesk.parties.authority.rules.power import Power, Topic
from ambidesk.parties.authority.rules.scope import ScopeKind
from ambidesk.parties.companies import placing, registering
from ambidesk.parties.companies.appointing import appoint
from ambidesk.parties.companies.models import Company, Contact, Site, Territory
from ambidesk.parties.companies.registering import Place, Profile
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import Identity, IdentityKind
from ambidesk.parties.staff.admitting import take_link
from ambidesk.parties.staff.presenting import present
from ambidesk.parties.stewards.entrusting import entrust
from ambidesk.parties.stewards.models import Duty
from ambidesk.service.approvals.rules.deciding import Kind
from ambidesk.service.assets import arranging
from ambidesk.service.assets.models import Asset, AssetModel, Document
from ambidesk.service.assets.registering import Wanted
from ambidesk.service.assets.registering import register as register_asset
from ambidesk.service.catalogue.models import RequestType
from ambidesk.support.approvals.asking import Wish
from ambidesk.support.approvals.asking import ask as ask_for
from ambidesk.support.conversations.models import Attachment
from ambidesk.support.conversations.receiving import InboundFile
from ambidesk.support.knowledge.linking import Links, link
from ambidesk.support.knowledge.models import Audience
from ambidesk.support.knowledge.writing import Text, keep_file, save_draft
from ambidesk.support.notifications.preferring import token_to_end_mails
from ambidesk.support.tickets.attributing import attribute
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.rules.suspension import SuspendedFor
from tests.cast import Cast
from tests.ground.files.photos import saved
from tests.service.contracts.agreements import in_force
from tests.support.knowledge.articles import out, written

CHAIN_WORD, HOUSE_WORD = "canarychain", "canaryhouse"
PIXEL = saved(Image.new("RGB", (1, 1)), "PNG")
PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (20).to_bytes(4, "big") + (10).to_bytes(4, "big")
PASSWORD = "correct horse battery staple"
# Those of a client; who is called in has the other one.
ALL = frozenset(Power) - {Power.PERFORM}
BASIC = frozenset({Power.CREATE, Power.COMMENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Clients:
    """Everybody and everything of the two companies."""

    cast: Cast
    chain: Company
    house: Company
    north: Territory
    north_shop: Site
    south_shop: Site
    house_site: Site
    seller: Contact
    shopkeeper: Contact
    manager: Contact
    director: Contact
    owner: Contact

    def user(self, contact: Contact) -> User:
        """The account of a contact, invited and with a password."""
        known = User.objects.filter(account__person=contact.person_id).first()
        if known is None:
            token = invite(contact, by=SYSTEM, at=self.cast.at)
            known = take_link(token, PASSWORD, at=self.cast.at)
        return known

    def actor(self, contact: Contact) -> Actor:
        """The contact, acting."""
        return entering(self.user(contact), at=self.cast.at)

    def ask(self, contact: Contact, text: str, site: Site | None = None) -> Ticket:
        """A mail of a contact that became a ticket of their company."""
        sender = Identity.objects.filter(person=contact.person_id).earliest("pk")
        ticket = self.cast.ticket(text, sender=sender, subject=text)
        return attribute(ticket, company=contact.company, site=site, by=SYSTEM, at=self.cast.at)


def make_clients(cast: Cast) -> Clients:
    """Register, appoint and entitle everybody."""
    at = cast.at
    chain = registering.register(None, Profile(name=f"Chain {CHAIN_WORD}"), by=SYSTEM, at=at)
    house = registering.register(None, Profile(name=f"House {HOUSE_WORD}"), by=SYSTEM, at=at)
    north = placing.add(chain, "North", by=SYSTEM, at=at)
    city = placing.add(chain, "City", below=north, by=SYSTEM, at=at)
    south = placing.add(chain, "South", by=SYSTEM, at=at)
    shop, other = registering.open_sites(
        chain,
        [Place(name="Shop North", territory=city), Place(name="Shop South", territory=south)],
        by=SYSTEM,
        at=at,
    )
    home = registering.open_site(house, Place(name=f"Home {HOUSE_WORD}"), by=SYSTEM, at=at)
    made = Clients(
        cast=cast,
        chain=chain,
        house=house,
        north=north,
        north_shop=shop,
        south_shop=other,
        house_site=home,
        seller=_contact(cast, chain, "Sonya Seller"),
        shopkeeper=_contact(cast, chain, "Sasha Shopkeeper"),
        manager=_contact(cast, chain, "Mila Manager"),
        director=_contact(cast, chain, "Dina Director"),
        owner=_contact(cast, house, f"Oleg {HOUSE_WORD}"),
    )
    _entitle(made)
    return made


def make_client_things(made: Clients) -> dict[str, object]:
    """One thing of the chain for each address of the portal that names something, by route."""
    cast = made.cast
    content = store(b"words of the chain", at=cast.at)
    sender = Identity.objects.get(person=made.shopkeeper.person_id)
    words = f"Freezer {CHAIN_WORD}"
    ticket = cast.ticket(
        words,
        sender=sender,
        subject=words,
        files=(InboundFile(blob=content, name=f"{CHAIN_WORD}.txt"),),
    )
    attribute(ticket, company=made.chain, site=made.north_shop, by=SYSTEM, at=cast.at)
    made.ask(made.owner, f"Lift {HOUSE_WORD}", made.house_site)
    held = made.ask(made.seller, f"From a stranger {CHAIN_WORD}")
    Ticket.objects.filter(pk=held.pk).update(
        suspended=True, suspended_for=SuspendedFor.UNKNOWN_WRITER
    )
    kind = RequestType.objects.create(name="Repair")
    asset = _freezer(made)
    article, picture = _article(made.chain, asset.model, CHAIN_WORD, cast)
    _article(made.house, asset.model, HOUSE_WORD, cast)
    paper = Document.objects.create(
        asset=asset, blob=content, key="d" * 43, name=f"{CHAIN_WORD}.pdf", at=cast.at
    )
    helper = present(cast.olga, post="Lead", qualification="", photo=PIXEL, by=SYSTEM, at=cast.at)
    entrust(made.chain, helper, duty=Duty.ENGINEER, since=cast.at.date(), by=SYSTEM, at=cast.at)
    authority = Authority.objects.get(contact=made.seller).pk
    wish = Wish(kind=Kind.COST, title=f"Parts {CHAIN_WORD}", amount=Money(Decimal(30_000), "RUB"))
    ticket.refresh_from_db()
    approval = ask_for(ticket, wish, by=SYSTEM, at=cast.at)
    return {
        "portal-request": ticket.number,
        "portal-acceptance": held.number,
        "portal-approval": approval.pk,
        "portal-refusal": held.number,
        "portal-file": Attachment.objects.get(message__filings__ticket=ticket).key,
        "portal-new": kind.pk,
        "portal-asset": asset.pk,
        "portal-document": paper.key,
        "portal-photo": helper.pk,
        "portal-unsubscription": token_to_end_mails(made.user(made.director)),
        "portal-article": article,
        "portal-article-file": picture,
        "portal-colleague": made.seller.pk,
        "portal-invitation": made.seller.pk,
        "portal-authorities": made.seller.pk,
        "portal-authority": authority,
        "portal-authority-end": authority,
    }


def _freezer(made: Clients) -> Asset:
    by, at = SYSTEM, made.cast.at
    kind = arranging.arrange_class(None, name="Freezers", by=by, at=at)
    model = arranging.arrange_model(None, kind=kind, vendor="Cold", name="C1", by=by, at=at)
    wanted = Wanted(serial=f"S-{CHAIN_WORD}", model=model, site=made.north_shop)
    return register_asset(made.chain, wanted, known_since=at.date(), by=by, at=at)


def _article(company: Company, model: AssetModel, word: str, cast: Cast) -> tuple[int, str]:
    """An article about a model for the clients of a contract of one company, and its picture."""
    by, at = cast.actor(cast.admin), cast.at
    row = written(cast, f"Care {word}", audience=Audience.CLIENTS)
    kept = keep_file(row.article, PICTURE, name=f"{word}.png", by=by, at=at)
    text = Text(title=row.title, summary=f"About {word}", body=f"![{word}](file:{kept.key})")
    link(
        row.article,
        Links(models=[model], contracts=[in_force(company, at, until_on=None)]),
        by=by,
        at=at,
    )
    out(cast, save_draft(row, text, base=row.version, by=by, at=at))
    return row.article_id, kept.key


def _entitle(made: Clients) -> None:
    limit = Money(Decimal(20_000), "RUB")
    basic = Terms(scope=ScopeKind.OWN, powers=BASIC)
    over_north = Terms(
        scope=ScopeKind.TERRITORIES,
        territories=(made.north,),
        powers=ALL - {Power.BUY},
        told=frozenset({Topic.NAMES, Topic.CAUSE}),
        approves_to=limit,
    )
    whole = Terms(scope=ScopeKind.COMPANY, powers=ALL, told=frozenset(Topic))
    terms = (
        (made.seller, basic),
        (made.shopkeeper, replace(basic, scope=ScopeKind.SITES, sites=(made.north_shop,))),
        (made.manager, over_north),
        (made.director, whole),
        (made.owner, whole),
    )
    for contact, each in terms:
        grant_authority(contact, each, by=SYSTEM, at=made.cast.at)


def _contact(cast: Cast, company: Company, name: str) -> Contact:
    address = f"{name.split(maxsplit=1)[0].lower()}@client{company.pk}.example"
    caller = Caller(kind=IdentityKind.EMAIL, value=address, name=name, is_verified=True)
    identity = meet(caller, by=SYSTEM, at=cast.at)
    return appoint(company, identity.person, since=cast.at.date(), by=SYSTEM, at=cast.at)
