"""
Two brands with unmistakable names over one desk: a customer of one never sees the other, nor the
desk's own host where the brand has one.
"""

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import policy
from email.message import EmailMessage

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings

from ambidesk.edge.web.settings.widgets import snippet_of
from ambidesk.edge.web.ui.faces import broken, forget_hosts
from ambidesk.ground.kernel.journal import entries_of
from ambidesk.ground.kernel.routes import UNSIGNED, all_routes
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.brands.founding import Face, NoWebAddress, set_up, web_address
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.people.models import Identity
from ambidesk.parties.staff.forming import form_team
from ambidesk.parties.staff.models import Member
from ambidesk.relation.feedback.models import Invitation, Occasion
from ambidesk.relation.feedback.offering import offer_due
from ambidesk.relation.feedback.planning import KINDS, plan
from ambidesk.relation.feedback.rules.scales import SurveyKind
from ambidesk.relation.feedback.surveying import Asking, set_up_survey
from ambidesk.relation.feedback.tokens import token_of
from ambidesk.support.channels.mail.acknowledging import acknowledge
from ambidesk.support.channels.mail.composing.gathering import gather
from ambidesk.support.channels.mail.habits import Habits, habits_of
from ambidesk.support.channels.mail.sending.envelope import Writer
from ambidesk.support.channels.webform.connecting import WebForm, connect_form
from ambidesk.support.channels.webform.manner import FormManner
from ambidesk.support.channels.widget.connecting import Widget, connect_widget
from ambidesk.support.channels.widget.manner import Manner
from ambidesk.support.conversations.connecting import Connection, connect
from ambidesk.support.conversations.models import Channel, ChannelKind, Delivery, Message
from ambidesk.support.conversations.wording import worded
from ambidesk.support.desk.phrasing import filled, write_template
from ambidesk.support.knowledge.models import Translation
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.closing import solve
from ambidesk.support.tickets.forwarding import Forwarding, forward
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.regrouping import OtherBrand, merge
from tests.cast import Cast, hired
from tests.support.knowledge.articles import published

pytestmark = pytest.mark.django_db
BASE = "https://desk.operatorhouse.example"
# What no customer of a brand with a host of its own should ever read.
OF_THE_DESK = ("operatorhouse", "ambidesk", "localhost", "testserver")


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One brand with everything that says its name, and the words that betray it."""

    brand: Brand
    mail: Channel
    widget: Channel
    colleague: Member
    betrayals: tuple[str, ...]
    ticket: Ticket


@pytest.fixture(autouse=True)
def _host() -> Iterator[None]:
    forget_hosts()
    with override_settings(BASE_URL=BASE):
        yield
    forget_hosts()


@pytest.fixture
def sides(cast: Cast) -> tuple[Side, Side]:
    """Both brands, and Anna, who writes to both of them."""
    set_up_survey(None, Asking(name="CSAT", quiet_for=timedelta()), by=SYSTEM, at=cast.at)
    return _side(cast, "zeblino", "ru"), _side(cast, "quorvex", "en")


def _side(cast: Cast, word: str, language: str) -> Side:
    by, at = cast.actor(cast.admin), cast.at
    face = Face(
        name=f"{word.title()} Market",
        slug=word,
        language=language,
        accent="#0a7d4f" if word == "zeblino" else "#8a1f6b",
        signature=f"Sincerely, the {word}sign",
        web=f"https://help.{word}.example",
    )
    brand = set_up(None, face, by=by, at=at)
    team = form_team(None, name=f"{word} team", brands=[brand], members=[], by=by, at=at)
    habits = Habits(acknowledgement=f"{{{{brand.name}}}} got it. The {word}ack.")
    mailbox = Connection(
        kind=ChannelKind.EMAIL,
        brand=brand,
        team=team,
        name=f"{word} mail",
        address=f"care@{word}.example",
        settings={"habits": habits.stored()},
    )
    mail = connect(None, mailbox, by=by, at=at)
    manner = Manner(origins=(f"https://www.{word}.example",))
    widget = connect_widget(
        None, Widget(brand=brand, team=team, name=f"{word} chat", manner=manner), by=by, at=at
    )
    colleague = hired(f"{word.title()}op Ivanova", "operator", team, at=at)
    template = write_template(
        None,
        name=f"{word} hello",
        text=f"Hello from the {word}template, {{{{requester.name}}}}!",
        language="",
        brand=brand,
        team=None,
        by=by,
        at=at,
    )
    ticket = cast.ticket(
        f"Where is my {word}parcel?", channel=mail, subject=f"{word}parcel", sender_verified=True
    )
    _articles(cast, brand, word)
    _talk(cast, ticket, colleague, words=filled(template, ticket, by=cast.actor(colleague)).text)
    return Side(
        brand=brand,
        mail=mail,
        widget=widget,
        colleague=colleague,
        betrayals=(word, face.accent),
        ticket=ticket,
    )


def _articles(cast: Cast, brand: Brand, word: str) -> None:
    """An article of the brand, and one that both brands have."""
    shared = Translation.objects.filter(slug="returns").first()
    if shared:
        shared.article.brands.add(brand)
    else:
        published(cast, "Returns", brand=brand)
    own = published(cast, f"All about {word}", brand=brand, body=f"The {word} article.")
    for each in Translation.objects.filter(slug="returns"):
        each.article.related.add(own.article)


def _talk(cast: Cast, ticket: Ticket, colleague: Member, *, words: str) -> None:
    """Acknowledged, answered, forwarded, solved, asked about."""
    by, at = cast.actor(colleague), cast.at
    acknowledge(entries_of("ticket", ticket.pk), at=at)
    answer(ticket, Answer(text=words, to=(cast.anna,), due_at=at), by=by, at=at)
    original = Message.objects.filter(filings__ticket=ticket).earliest("pk")
    going = Forwarding(original=original, to=(cast.boris,), text="Please look.", due_at=at)
    forward(ticket, going, by=by, at=at)
    solve(ticket, by=by, at=at)
    plan([e for e in entries_of("ticket", ticket.pk) if e.kind in KINDS], at=at)
    offer_due(at=at + timedelta(hours=1))


def readable(raw: bytes) -> str:
    """Everything that a mail says once it is decoded: each header, each part."""
    mail = email.message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    heads = [f"{name}: {value}" for name, value in mail.items()]
    parts = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
    return "\n".join([raw.decode(), *heads, *map(str, parts)])


def leaks(shown: str, words: tuple[str, ...]) -> list[str]:
    return [word for word in words if word.lower() in shown.lower()]


def pairs(sides: tuple[Side, Side]) -> Iterator[tuple[Side, Side]]:
    one, other = sides
    yield one, other
    yield other, one


def writer_of(channel: Channel) -> Writer:
    """Whoever writes the mails of a channel, with all that they need."""
    messages = Message.objects.filter(deliveries__channel=channel).select_related("thread")
    return Writer(channel, habits_of(channel), beside=gather(messages))


def test_no_mail_of_a_brand_names_the_other_or_the_desk(sides: tuple[Side, Side]) -> None:
    for mine, other in pairs(sides):
        writer = writer_of(mine.mail)
        deliveries = list(Delivery.objects.filter(channel=mine.mail).order_by("pk"))
        kinds = {(row.message.automatic, row.message.kind) for row in deliveries}
        # Acknowledgement and survey, answer, forward.
        assert len(deliveries) == 4
        assert len(kinds) == 3
        for row in deliveries:
            envelope = writer.write(row, at=row.due_at)
            shown = readable(envelope.mail) + envelope.sender + envelope.plain_sender
            assert leaks(shown, (*other.betrayals, *OF_THE_DESK)) == []
            # The canaries sing: it is this brand's mail.
            assert leaks(shown, mine.betrayals[:1])


def test_every_mail_speaks_from_the_brands_own_domain(sides: tuple[Side, Side]) -> None:
    for mine, _other in pairs(sides):
        writer = writer_of(mine.mail)
        for row in Delivery.objects.filter(channel=mine.mail):
            envelope = writer.write(row, at=row.due_at)
            mail = email.message_from_bytes(envelope.mail, policy=policy.default)
            domain = mine.mail.domain
            assert str(mail["Message-ID"]).endswith(f"@{domain}>")
            assert f"@{domain}" in str(mail["From"])
            assert f"@{domain}" in str(mail["Reply-To"])
            assert envelope.sender.endswith(f"@{domain}")


def test_no_words_for_any_channel_name_the_other(sides: tuple[Side, Side]) -> None:
    """Messengers and the widget get the same words as mail does."""
    for mine, other in pairs(sides):
        for message in Message.objects.filter(thread__channel__brand=mine.brand, direction="out"):
            words = worded(message)
            shown = words.text + words.html + message.subject
            assert leaks(shown, (*other.betrayals, *OF_THE_DESK)) == []


def _page(side: Side, path: str, **more: str) -> HttpResponse:
    client = Client(headers={"host": side.brand.host, **more})
    return client.get(path, secure=True)


def shown_by(answer: HttpResponse) -> str:
    headers = "\n".join(f"{name}: {value}" for name, value in answer.items())
    return headers + answer.content.decode()


# The names of cookies and static addresses are the same for all brands and name none.
OF_THE_HOST = ("operatorhouse", "localhost", "testserver")


def test_no_page_of_a_brand_names_the_other_or_the_desk(sides: tuple[Side, Side]) -> None:
    now = datetime.now(UTC)
    Invitation.objects.update(expires_at=now + timedelta(days=1))
    for mine, other in pairs(sides):
        invitation = Invitation.objects.get(ticket=mine.ticket)
        link = f"/rate/{token_of(invitation)}"
        theirs = f"/rate/{token_of(Invitation.objects.get(ticket=other.ticket))}"
        paths = (link, f"{link}/5", theirs, "/rate/AAAA", "/", "/inbox/all/", "/settings/")
        for path in (*paths, "/account/login/", f"/widget/{other.widget.address}/", "/widget.js"):
            answer = _page(mine, path)
            shown = shown_by(answer).replace(other.widget.address, "").replace(theirs, "")
            assert leaks(shown, (*other.betrayals, *OF_THE_HOST)) == [], path
            if path != "/widget.js":
                assert "ambidesk" not in answer.content.decode().lower(), path
        assert _page(mine, link).status_code == 200
        assert _page(mine, theirs).status_code == 404
        client = Client(headers={"host": mine.brand.host})
        assert client.post(link, {"score": "5", "pressed": "1"}, secure=True).status_code == 303
        assert leaks(shown_by(_page(mine, link)), other.betrayals) == []


def unsigned_paths(other: Side) -> dict[str, str]:
    """An address of each route that needs no sign-in, with things of the other brand in it."""
    token = token_of(Invitation.objects.get(ticket=other.ticket, is_periodic=False))
    found = {}
    for route in all_routes():
        if route.right in UNSIGNED:
            path = re.sub(r"<(?:\w+:)?invited>", token, route.pattern)
            path = re.sub(r"<slug:brand>", other.brand.slug, path)
            path = re.sub(r"<str:language>", "en", path)
            path = re.sub(r"<slug:slug>", f"all-about-{other.brand.slug}", path)
            path = re.sub(r"<(?:\w+:)?widget>", str(other.widget.address), path)
            path = re.sub(r"<int:\w+>", "5", path)
            found[route.name] = "/" + re.sub(r"<(?:\w+:)?\w+>", "x", path)
    return found


def test_no_route_without_sign_in_tells_one_brand_of_the_other(sides: tuple[Side, Side]) -> None:
    """A new public route is here by itself, whoever adds it."""
    Invitation.objects.update(expires_at=datetime.now(UTC) + timedelta(days=1))
    for mine, other in pairs(sides):
        paths = unsigned_paths(other)
        assert {"survey", "survey-refusal", "widget", "widget-script"} <= set(paths)
        for name, path in paths.items():
            for method in ("get", "post", "options"):
                client = Client(headers={"host": mine.brand.host})
                answer = getattr(client, method)(path, secure=True)
                told = b"".join(answer) if answer.streaming else answer.content
                shown = told.decode(errors="replace").replace(str(other.widget.address), "")
                assert leaks(shown, (*other.betrayals, *OF_THE_HOST)) == [], (name, method)
                assert answer.status_code < 500, (name, method)


def test_a_help_centre_tells_of_its_own_brand_only(sides: tuple[Side, Side]) -> None:
    for mine, other in pairs(sides):
        slug = mine.brand.slug
        at = f"/help/{slug}"
        paths = (
            f"{at}/en/",
            f"{at}/ru/",
            f"{at}/en/articles/returns",
            f"{at}/en/articles/all-about-{slug}",
            f"{at}/en/search?q=returns+article+all",
            f"{at}/en/suggestions?q=all",
            f"{at}/en/articles/nowhere",
            f"{at}/sitemap.xml",
            "/robots.txt",
        )
        for path in paths:
            answer = _page(mine, path)
            assert answer.status_code == (404 if "nowhere" in path else 200), path
            assert leaks(answer.content.decode(), (*other.betrayals, *OF_THE_HOST)) == [], path
        assert f"All about {slug}" in _page(mine, f"{at}/en/articles/returns").content.decode()
        assert _page(other, f"{at}/en/articles/returns").status_code == 404
        assert _page(mine, f"{at}/en/articles/all-about-{other.brand.slug}").status_code == 404
        assert _page(mine, "/").headers["Location"] == f"{at}/"


@pytest.mark.parametrize("kind", list(SurveyKind))
@pytest.mark.parametrize("occasion", list(Occasion))
def test_no_survey_of_any_kind_names_the_other_brand(
    cast: Cast, sides: tuple[Side, Side], kind: SurveyKind, occasion: Occasion
) -> None:
    by = SYSTEM
    later = cast.at + timedelta(days=40)
    asking = Asking(name=f"{kind} {occasion}", kind=kind, occasion=occasion, quiet_for=timedelta())
    survey = set_up_survey(None, asking, by=by, at=cast.at)
    for mine, other in pairs(sides):
        invitation = Invitation.objects.create(
            survey=survey,
            ticket=mine.ticket,
            person=mine.ticket.requester,
            is_periodic=True,
            solved_at=cast.at,
            due_at=later,
            nonce=f"n{mine.brand.pk}",
        )
        offer_due(at=later)
        invitation.refresh_from_db()
        assert invitation.message is not None
        row = Delivery.objects.get(message=invitation.message)
        envelope = writer_of(mine.mail).write(row, at=later)
        shown = readable(envelope.mail) + envelope.sender + envelope.plain_sender
        assert leaks(shown, (*other.betrayals, *OF_THE_DESK)) == []
        assert f"{mine.brand.web}/rate/" in shown


def test_an_error_page_for_customers_names_nobody(sides: tuple[Side, Side]) -> None:
    shown = broken(Client().get("/rate/AAAA").wsgi_request).content.decode()
    for side in sides:
        assert leaks(shown, (*side.betrayals, *OF_THE_DESK)) == []


def test_a_widget_tells_of_its_own_brand_on_its_own_host_only(sides: tuple[Side, Side]) -> None:
    for mine, other in pairs(sides):
        origin = {"origin": f"https://www.{mine.brand.slug}.example"}
        answer = _page(mine, f"/widget/{mine.widget.address}/", **origin)
        assert answer.status_code == 200
        assert leaks(answer.content.decode(), (*other.betrayals, *OF_THE_DESK)) == []
        assert _page(other, f"/widget/{mine.widget.address}/", **origin).status_code == 403
        assert mine.brand.web in snippet_of(mine.widget)


def test_whoever_knows_both_brands_reads_of_each_in_its_own_conversation_only(
    cast: Cast, sides: tuple[Side, Side]
) -> None:
    one, other = sides
    assert one.ticket.requester_id == other.ticket.requester_id
    with pytest.raises(OtherBrand):
        merge(one.ticket, other.ticket, by=cast.actor(cast.admin), at=cast.at)
    # A further word in one talk is answered with a quote of that talk.
    again = cast.ticket("And where is my second one?", channel=one.mail)
    said = Answer(text="On its way.", to=(cast.anna,), due_at=cast.at)
    message = answer(again, said, by=cast.actor(one.colleague), at=cast.at)
    row = Delivery.objects.get(message=message)
    shown = readable(writer_of(one.mail).write(row, at=cast.at).mail)
    assert leaks(shown, (*other.betrayals, *OF_THE_DESK)) == []
    assert {each.person_id for each in Identity.objects.filter(value="anna@example.org")} == {
        cast.anna.person_id
    }


@pytest.mark.parametrize(
    "written",
    ["help.example", "ftp://help.example", "https://", "https://a@b", "https://a/b", "https://a?b"],
)
def test_a_web_address_is_a_scheme_and_a_host(written: str) -> None:
    with pytest.raises(NoWebAddress):
        web_address(written)


def test_a_web_address_is_kept_in_one_form() -> None:
    assert web_address(" HTTPS://Help.Example/ ") == "https://help.example"
    assert web_address("") == ""


def _form(side: Side, cast: Cast, address: str) -> Channel:
    site = side.widget.settings["origins"][0]
    word = side.betrayals[0]
    manner = FormManner(title={"ru": f"{word} form", "en": f"{word} form"}, origins=(site,))
    wanted = WebForm(
        brand=side.brand, team=None, request_type=None, name=word, address=address, manner=manner
    )
    return connect_form(None, wanted, by=SYSTEM, at=cast.at)


def test_a_form_stands_on_its_own_brands_host_and_names_nobody_else(
    sides: tuple[Side, Side], cast: Cast
) -> None:
    for mine, other in pairs(sides):
        path = f"/forms/{_form(mine, cast, mine.betrayals[0]).address}"
        site = {"Origin": mine.widget.settings["origins"][0]}
        answers = (
            _page(mine, path),
            _page(mine, f"{path}/part", **site),
            Client(headers={"host": mine.brand.host}).post(path, {}, secure=True),
        )
        for found in answers:
            assert leaks(shown_by(found), (*other.betrayals, *OF_THE_HOST)) == []
            assert leaks(shown_by(found), mine.betrayals[:1])
        # Nor is it there on the host of the other.
        assert _page(other, path).status_code == 404
        assert _page(other, f"{path}/part", **site).status_code == 404
