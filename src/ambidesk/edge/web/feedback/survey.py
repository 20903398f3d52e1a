"""
The page of a survey: a link in a mail opens it with a score chosen; a POST records it.

Opening records nothing: mail scanners follow links. Its island sends the form once a person is
there; the button does the same without it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ambidesk.edge.web.ui.faces import Face, brand_at, face_of, gone, in_its_ways
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.relation.feedback import rating
from ambidesk.relation.feedback.models import Invitation, Rating, Way
from ambidesk.relation.feedback.tokens import invitation_of
from ambidesk.relation.feedback.wording import Choice, choices_of, language_of, question_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyPage:
    """
    A survey as its page shows it.

    `chosen` is the score that stands chosen, `sends` says that the page may send it by itself.
    """

    address: str
    question: str
    choices: tuple[Choice, ...]
    chosen: int | None
    is_rated: bool
    is_open: bool
    sends: bool
    comment: str
    words: str
    refusal: str


def show(request: Request, invited: str, score: int | None = None) -> HttpResponse:
    """Show the question, or the thanks to who has answered it."""
    return in_its_face(request, invited, lambda found: _page(request, found, invited, score=score))


def answer(request: Request, invited: str) -> HttpResponse:
    """Take a score, from the button or from the page itself."""
    given = request.POST.get("score", "")
    score = int(given) if given.isascii() and given.isdecimal() and len(given) < 4 else -1

    def act(found: Invitation) -> HttpResponse:
        try:
            rating.rate(
                found,
                score,
                way=Way.PAGE,
                by_itself="pressed" not in request.POST,
                at=request.at,
            )
        except Refusal as refused:
            return _refused(request, found, invited, score=score, why=refused)
        return _back(invited)

    return in_its_face(request, invited, act)


def add_words(request: Request, invited: str) -> HttpResponse:
    """Take the words that go with a score."""

    def act(found: Invitation) -> HttpResponse:
        try:
            rating.comment(found, request.POST.get("comment", ""), at=request.at)
        except Refusal as refused:
            return _refused(request, found, invited, score=None, why=refused)
        return _back(invited)

    return in_its_face(request, invited, act)


def in_its_face(
    request: Request, invited: str, act: Callable[[Invitation], HttpResponse]
) -> HttpResponse:
    """Act on what a link opens, in the language and on the host of its brand only."""
    found = invitation_of(invited)
    here = brand_at(request)
    # On the host of one brand a link of another one leads nowhere.
    if found is None or (here is not None and here.pk != found.ticket.brand_id):
        return gone(request, here, status=404)
    with in_its_ways(found.ticket.brand, language_of(found)):
        return act(found)


def _refused(
    request: Request, found: Invitation, invited: str, *, score: int | None, why: Refusal
) -> HttpResponse:
    # What a machine did to the mark is read anew.
    again = invitation_of(invited) or found
    page = _page(request, again, invited, score=score, words=str(why))
    page.status_code = why.status
    return page


def _page(
    request: Request, found: Invitation, invited: str, *, score: int | None = None, words: str = ""
) -> HttpResponse:
    survey = found.survey
    given = score if score is not None and survey.scale.holds(score) else None
    said: Rating | None = getattr(found, "rating", None)
    is_open = rating.can_rate(found, said, at=request.at)
    is_new = given is not None and (said is None or said.score != given)
    page = SurveyPage(
        address=reverse("survey", args=[invited]),
        question=question_of(found.survey),
        choices=choices_of(survey.kind),
        chosen=given if is_new and is_open else said.score if said else None,
        is_rated=said is not None and not (is_new and is_open),
        is_open=is_open,
        sends=is_new and is_open and not words and found.doubted_at is None,
        comment=said.comment if said else "",
        words=words,
        refusal=reverse("survey-refusal", args=[invited]),
    )
    face: Face = face_of(found.ticket.brand)
    return render(request, "survey.html", {"page": page, "face": face})


def _back(invited: str) -> HttpResponse:
    response = HttpResponse(status=303)
    response["Location"] = reverse("survey", args=[invited])
    return response
