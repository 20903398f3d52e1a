"""The page of a survey: opened by a link from a mail, in the brand's face, without signing in."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client

from ambidesk.edge.web.ui.faces import forget_hosts
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.brands.models import Brand
from ambidesk.relation.feedback.models import Invitation, Rating, SurveyRefusal, Way
from ambidesk.relation.feedback.offering import offer
from ambidesk.relation.feedback.surveying import Asking, set_up_survey
from ambidesk.relation.feedback.tokens import token_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _hosts() -> None:
    forget_hosts()


@pytest.fixture
def invitation(cast: Cast) -> Invitation:
    now = datetime.now(UTC)
    set_up_survey(None, Asking(name="CSAT"), by=SYSTEM, at=now)
    return offer(cast.ticket(), way=Way.MAIL, by=SYSTEM, at=now - timedelta(minutes=5))


@pytest.fixture
def link(invitation: Invitation) -> str:
    return f"/rate/{token_of(invitation)}"


def text_of(answer: HttpResponse) -> str:
    return answer.content.decode()


def test_opening_a_link_records_nothing(link: str) -> None:
    page = Client().get(f"{link}/5")
    assert page.status_code == 200
    assert 'value="5" required checked' in text_of(page)
    assert "data-sends-itself" in text_of(page)
    assert not Rating.objects.exists()


def test_the_page_wears_the_face_of_the_brand_and_names_the_product_nowhere(link: str) -> None:
    page = text_of(Client().get(link))
    assert "Polka" in page
    assert "Ambidesk" not in page
    assert "Liftcare" not in page


def test_it_speaks_the_persons_language_whatever_the_browser_says(
    link: str, invitation: Invitation
) -> None:
    invitation.person.language = "en"
    invitation.person.save()
    page = text_of(Client(headers={"accept-language": "ru"}).get(link))
    assert "How did we help you?" in page
    assert '<html lang="en"' in page


def test_a_mark_is_taken_and_words_after_it(link: str) -> None:
    client = Client()
    answer = client.post(link, {"score": "5"})
    assert (answer.status_code, answer["Location"]) == (303, link)
    assert Rating.objects.get().score == 5
    assert 'name="comment"' in text_of(client.get(link))
    client.post(f"{link}/comment", {"comment": "<b>Quick</b>"})
    assert Rating.objects.get().comment == "<b>Quick</b>"
    assert "&lt;b&gt;Quick" in text_of(client.get(link))


def test_a_doubted_mark_is_asked_for_by_a_button(link: str, invitation: Invitation) -> None:
    client = Client()
    client.post(link, {"score": "1"})
    answer = client.post(link, {"score": "5"})
    assert answer.status_code == 409
    assert 'value="5" required checked' in text_of(answer)
    assert "data-sends-itself" not in text_of(answer)
    assert client.post(link, {"score": "5", "pressed": "1"}).status_code == 303
    assert Rating.objects.get().score == 5


def test_what_is_no_mark_is_refused_in_words(link: str) -> None:
    for score in ("", "9", "-1", "five", "٥"):
        assert Client().post(link, {"score": score, "pressed": "1"}).status_code == 422
    assert not Rating.objects.exists()


def test_a_closed_question_says_so(link: str, invitation: Invitation) -> None:
    Invitation.objects.update(expires_at=datetime.now(UTC) - timedelta(days=1))
    assert "radio" not in text_of(Client().get(link))
    assert Client().post(link, {"score": "5", "pressed": "1"}).status_code == 409


def test_a_wrong_link_leads_nowhere_and_names_nobody(cast: Cast) -> None:
    answer = Client().get("/rate/AAAA")
    assert answer.status_code == 404
    for name in ("Ambidesk", "Polka", "Liftcare"):
        assert name not in text_of(answer)


def test_a_sign_of_life_is_given_while_the_database_is_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away(*_args: object, **_named: object) -> None:
        raise OperationalError

    forget_hosts()
    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", away)
    assert Client().get("/health/live").status_code == 200


def test_on_a_brands_own_host_there_is_nothing_of_another_and_nothing_of_the_desk(
    cast: Cast, link: str
) -> None:
    Brand.objects.filter(pk=cast.shop.pk).update(web="https://help.polka.example")
    Brand.objects.filter(pk=cast.lifts.pk).update(web="https://help.liftcare.example")
    own, other = {"host": "help.polka.example"}, {"host": "help.liftcare.example"}
    assert Client(headers=own).get(link).status_code == 200
    assert Client(headers=other).get(link).status_code == 404
    # The brand itself is there: its help centre.
    assert Client(headers=own).get("/")["Location"].startswith("/help/polka/")
    for path in ("/account/login/", "/inbox/all/", "/settings/", "/metrics", "/health/live"):
        answer = Client(headers=own).get(path)
        assert answer.status_code == 404
        assert "Polka" in text_of(answer)
        assert "Ambidesk" not in text_of(answer)
        assert "Liftcare" not in text_of(answer)


@pytest.mark.parametrize(
    "host",
    [
        "HELP.polka.example",
        "help.polka.example.",
        "help.polka.example:443",
        "help.polka.example:81",
    ],
)
def test_however_the_host_of_a_brand_is_written_it_is_that_of_the_brand(
    cast: Cast, link: str, host: str
) -> None:
    Brand.objects.filter(pk=cast.shop.pk).update(web="https://help.polka.example")
    client = Client(headers={"host": host})
    assert client.get(link).status_code == 200
    assert client.get("/account/login/").status_code == 404


def test_whoever_does_not_want_to_be_asked_says_so_by_a_press_and_can_take_it_back(
    link: str, invitation: Invitation
) -> None:
    client = Client()
    assert f"{link}/refusal" in text_of(client.get(link))
    # A scanner that follows the link changes nothing.
    assert "Больше не присылать опросы?" in text_of(client.get(f"{link}/refusal"))
    assert not SurveyRefusal.objects.exists()
    assert client.post(f"{link}/refusal").status_code == 303
    assert SurveyRefusal.objects.get().person == invitation.person
    assert "Мы больше не будем спрашивать" in text_of(client.get(f"{link}/refusal"))
    client.post(f"{link}/refusal", {"again": "1"})
    assert not SurveyRefusal.objects.exists()
    assert client.post("/rate/AAAA/refusal").status_code == 404


def test_a_mail_program_ends_questions_by_one_click_without_any_cookie(link: str) -> None:
    client = Client(enforce_csrf_checks=True)
    pair = {"List-Unsubscribe": "One-Click"}
    assert client.post(f"{link}/unsubscription", {"other": "1"}).status_code == 400
    assert client.post("/rate/AAAA/unsubscription", pair).status_code == 404
    assert "Больше не присылать опросы?" in text_of(client.get(f"{link}/unsubscription"))
    assert client.post(f"{link}/unsubscription", pair).status_code == 204
    assert "Мы больше не будем спрашивать" in text_of(client.get(f"{link}/unsubscription"))
