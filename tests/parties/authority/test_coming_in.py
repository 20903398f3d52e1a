"""Coming in: links by mail only, domains that are trusted, accounts of one's own."""

from datetime import timedelta

import pytest
from django.test import Client

from ambidesk.ground.kernel.models import Problem
from ambidesk.ground.kernel.problems import ProblemOver
from ambidesk.ground.kernel.refusal import NotEntitled
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.ground.reach.models import User
from ambidesk.parties.authority.domains import (
    DomainTaken,
    NotADomain,
    PublicDomain,
    forget_domain,
    trust_domain,
    writers_from,
)
from ambidesk.parties.authority.erasing import erase_letters
from ambidesk.parties.authority.granting import Terms, grant_authority
from ambidesk.parties.authority.inviting import invite_by_mail
from ambidesk.parties.authority.joining import CannotJoin, ask_to_join, join, who_joins
from ambidesk.parties.authority.models import Letter, LetterKind
from ambidesk.parties.authority.rules.scope import ScopeKind
from ambidesk.parties.authority.writing import (
    LETTERS,
    is_ours,
    lease_letters,
    sent,
    token_of,
)
from ambidesk.parties.companies.appointing import appoint
from ambidesk.parties.companies.models import Contact
from ambidesk.parties.people.describing import add_identity
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import Identity, IdentityKind
from ambidesk.parties.staff.admitting import LinkUsedUp, holder_of
from tests.cast import Cast
from tests.clients import PASSWORD, Clients, make_clients

pytestmark = pytest.mark.django_db
OWN = Terms(scope=ScopeKind.OWN)


@pytest.fixture
def clients(cast: Cast) -> Clients:
    """Two companies."""
    return make_clients(cast)


def test_a_link_lies_sealed_until_it_was_sent(clients: Clients) -> None:
    at = clients.cast.at
    address = invite_by_mail(clients.seller, by=SYSTEM, at=at)
    (letter,) = lease_letters(at=at)
    token = token_of(letter)
    assert letter.address == address
    assert token not in letter.sealed
    assert holder_of(token, at=at).email == address
    assert lease_letters(at=at) == []
    sent(letter)
    assert not Letter.objects.exists()


def test_what_cannot_be_sent_is_tried_again_and_at_last_a_problem(clients: Clients) -> None:
    at = clients.cast.at
    address = invite_by_mail(clients.seller, by=SYSTEM, at=at)
    tries = 0
    while not Problem.objects.filter(solved_at=None):
        tries += 1
        at += timedelta(hours=7)
        (letter,) = lease_letters(at=at)
        LETTERS.put_off(letter, at=at)
    assert tries == 8
    at += timedelta(hours=7)
    assert lease_letters(at=at) == []
    (problem,) = Problem.objects.all()
    # An address is nobody's business once its person is erased: it stands with the letter alone.
    assert address not in str(problem.facts)
    LETTERS.try_again(problem.subject_id, at=at)
    assert not Problem.objects.filter(solved_at=None)
    (letter,) = lease_letters(at=at)
    assert letter.address == address


def test_a_letter_that_was_given_up_is_forgotten_by_whoever_saw_it(clients: Clients) -> None:
    at = clients.cast.at
    invite_by_mail(clients.seller, by=SYSTEM, at=at)
    Letter.objects.update(attempts=7)
    LETTERS.put_off(Letter.objects.get(), at=at)
    (problem,) = Problem.objects.all()
    LETTERS.forget(problem, by=SYSTEM, at=at)
    assert not Letter.objects.exists()
    with pytest.raises(ProblemOver):
        LETTERS.forget(problem, by=SYSTEM, at=at)


def test_a_letter_to_an_erased_person_is_no_problem_any_more(clients: Clients) -> None:
    at = clients.cast.at
    invite_by_mail(clients.seller, by=SYSTEM, at=at)
    Letter.objects.update(attempts=7)
    LETTERS.put_off(Letter.objects.get(), at=at)
    erase_letters(clients.seller.person)
    assert not Letter.objects.exists()
    assert not Problem.objects.exists()


def test_a_letter_has_its_turn_only_while_it_is_held(clients: Clients) -> None:
    at = clients.cast.at
    invite_by_mail(clients.seller, by=SYSTEM, at=at)
    (letter,) = lease_letters(at=at)
    assert is_ours(letter, at=at + timedelta(minutes=2))
    # The hold was renewed: it did not run out three minutes after it began.
    assert lease_letters(at=at + timedelta(minutes=4)) == []
    # A newer invitation took its place meanwhile.
    invite_by_mail(clients.seller, by=SYSTEM, at=at + timedelta(minutes=4))
    assert not is_ours(letter, at=at + timedelta(minutes=4))


def test_a_link_that_one_company_gave_opens_nothing_of_another(clients: Clients) -> None:
    at = clients.cast.at
    invite_by_mail(clients.seller, by=SYSTEM, at=at)
    token = token_of(Letter.objects.get())
    there = appoint(clients.house, clients.seller.person, since=at.date(), by=SYSTEM, at=at)
    grant_authority(there, OWN, by=SYSTEM, at=at)
    with pytest.raises(LinkUsedUp):
        holder_of(token, at=at)
    assert Letter.objects.get().kind == LetterKind.ADDED


def test_a_domain_of_everybody_and_one_of_another_company_stand_for_nobody(
    clients: Clients,
) -> None:
    at = clients.cast.at
    trust_domain(clients.chain, " Client.Example ", by=SYSTEM, at=at)
    assert clients.chain.domains.get().name == "client.example"
    with pytest.raises(DomainTaken):
        trust_domain(clients.house, "client.example", by=SYSTEM, at=at)
    for name in ("gmail.com", "Mail.ru"):
        with pytest.raises(PublicDomain):
            trust_domain(clients.chain, name, by=SYSTEM, at=at)
    for name in ("", "a b", "nothing"):
        with pytest.raises(NotADomain):
            trust_domain(clients.chain, name, by=SYSTEM, at=at)
    with pytest.raises(NotEntitled):
        trust_domain(clients.chain, "x.example", by=clients.actor(clients.director), at=at)


def test_who_writes_from_a_trusted_domain_speaks_for_the_company_or_does_not(
    clients: Clients,
) -> None:
    at = clients.cast.at
    known = Identity.objects.get(person=clients.seller.person_id)
    domain = trust_domain(clients.chain, known.value.partition("@")[2], by=SYSTEM, at=at)
    stranger = (f"new@{domain.name}", clients.cast.anna.person_id)
    asked = [(known.value, known.person_id), stranger, ("a@b.example", 1)]
    found = writers_from(asked, at=at)
    assert {who: (each.company, each.speaks) for who, each in found.items()} == {
        asked[0]: (clients.chain, True),
        stranger: (clients.chain, False),
    }
    forget_domain(domain, by=SYSTEM, at=at)
    assert writers_from(asked, at=at) == {}


def test_whoever_proves_an_address_of_a_trusted_domain_makes_an_account(clients: Clients) -> None:
    at = clients.cast.at
    ask_to_join("new@chain.example", language="en", at=at)
    assert not Letter.objects.exists()
    trust_domain(clients.chain, "chain.example", by=SYSTEM, at=at)
    ask_to_join("New@Chain.example", language="en", at=at)
    token = token_of(Letter.objects.get())
    assert who_joins(token, at=at) == ("new@chain.example", clients.chain)
    for wrong in (f"{token}x", "a:b:c", ""):
        with pytest.raises(CannotJoin):
            who_joins(wrong, at=at)
    with pytest.raises(CannotJoin):
        who_joins(token, at=at + timedelta(days=2))
    user = join(token, name="Nina New", password=PASSWORD, at=at)
    contact = Contact.objects.get(person__account__user=user)
    assert contact.company == clients.chain
    assert contact.authorities.get().scope == ScopeKind.OWN
    with pytest.raises(CannotJoin):
        join(token, name="Nina New", password=PASSWORD, at=at)


def test_a_stranger_is_told_the_same_whether_the_domain_is_trusted(clients: Clients) -> None:
    trust_domain(clients.chain, "chain.example", by=SYSTEM, at=clients.cast.at)
    said = set()
    for address in ("a@chain.example", "a@other.example"):
        page = Client().post("/join/", {"email": address}).content.decode()
        said.add(page[page.index("<h1") : page.index("</main")].replace(address, ""))
    assert len(said) == 1
    assert Letter.objects.count() == 1
    token = token_of(Letter.objects.get())
    guest = Client()
    assert guest.get(f"/join/{token}/").status_code == 200
    told = {"name": "Nina", "password": PASSWORD}
    assert guest.post(f"/join/{token}/", told).status_code in {302, 303}
    assert User.objects.filter(email="a@chain.example", is_client=True).exists()


@pytest.mark.parametrize("shared", [False, True])
def test_another_address_of_somebody_opens_no_account_of_theirs(
    clients: Clients, *, shared: bool
) -> None:
    at, director = clients.cast.at, clients.user(clients.director)
    trust_domain(clients.chain, "chain.example", by=SYSTEM, at=at)
    person, office = clients.director.person, "office@chain.example"
    box = add_identity(person, IdentityKind.EMAIL, value=office, by=SYSTEM, at=at)
    Identity.objects.filter(pk=box.pk).update(shared=shared)
    ask_to_join("office@chain.example", language="en", at=at)
    token = token_of(Letter.objects.get(kind=LetterKind.JOINING))
    with pytest.raises(CannotJoin):
        join(token, name="Eve", password="quite another password 9", at=at)
    director.refresh_from_db()
    assert director.check_password(PASSWORD)


def test_a_box_of_several_makes_nobody_an_account(clients: Clients) -> None:
    at = clients.cast.at
    trust_domain(clients.chain, "chain.example", by=SYSTEM, at=at)
    caller = Caller(kind=IdentityKind.EMAIL, value="office@chain.example", name="Office")
    box = meet(caller, by=SYSTEM, at=at)
    Identity.objects.filter(pk=box.pk).update(shared=True)
    ask_to_join("office@chain.example", language="en", at=at)
    before = User.objects.count()
    with pytest.raises(CannotJoin):
        join(token_of(Letter.objects.get()), name="Eve", password=PASSWORD, at=at)
    assert User.objects.count() == before
