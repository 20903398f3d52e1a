"""An article as everybody reads it; that it was opened is told by the page, never by a GET."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from ambidesk.edge.web.helpcentre.contact import Contact, contact_of
from ambidesk.edge.web.helpcentre.door import Centre, in_centre, shown
from ambidesk.edge.web.helpcentre.pages import addressed, lost
from ambidesk.edge.web.ui.places import HOUR, MINUTE, Budget, place_of, spend
from ambidesk.edge.web.ui.readers import reader_token, remember, told_reader
from ambidesk.edge.web.ui.requests import Request
from ambidesk.support.knowledge.models import Article, Category, Door
from ambidesk.support.knowledge.reading import Reader, judge, open_article
from ambidesk.support.knowledge.rules.markdown import Heading, Target, found_in, rendered
from ambidesk.support.knowledge.shelving import (
    Listed,
    Opened,
    files_in,
    moved_to,
    opened,
    related_to,
    slugs_of,
)

# So much of one browser is believed in a minute.
MOST_A_MINUTE = 60
FEWEST_HEADINGS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """An article with its table of contents, what stands near it, and whether it helped."""

    listed: Listed
    html: SafeString
    contents: tuple[Heading, ...]
    category: Category | None
    related: tuple[Listed, ...]
    published_at: datetime
    is_outdated: bool
    contact: Contact | None
    told: str = ""


@in_centre
def show(request: Request, centre: Centre, slug: str) -> HttpResponseBase:
    """Show an article, or lead from where it was."""
    found = opened(centre.brand, slug, language=centre.language)
    if found is None:
        return _moved(centre, slug) or lost(request, centre)
    told = request.GET.get("told", "")
    page = _page(centre, found, told=told if told in {"yes", "no", "words"} else "")
    there = {language: (place,) for language, place in found.languages.items()}
    return shown(
        request,
        "centre/article.html",
        centre=addressed(centre, "centre-article", there=there),
        page=page,
    )


@in_centre
def read(request: Request, centre: Centre, slug: str) -> HttpResponse:
    """
    Put down that a person opened the article.

    Who came from a chat or a form within another site reads as who writes there.
    """
    told, where = told_reader(request.POST.get("reader", "")), request.POST.get("door", "")
    door = Door(where) if told and where in {Door.WIDGET, Door.FORM} else Door.CENTRE
    token = reader_token(request) if door is Door.CENTRE else told
    found = opened(centre.brand, slug, language=centre.language)
    if found and _is_believed(token, request):
        reader = Reader(token=token, brand=centre.brand, language=centre.language)
        open_article(found.revision.translation.article, reader, door=door, at=request.at)
    answer = HttpResponse(status=204)
    return remember(request, answer, token) if door is Door.CENTRE else answer


@in_centre
def think(request: Request, centre: Centre, slug: str) -> HttpResponse:
    """Take whether it helped, and words; once a browser, which may change its mind."""
    token = reader_token(request)
    found = opened(centre.brand, slug, language=centre.language)
    if found is None:
        return lost(request, centre)
    said = request.POST.get("helped", "")
    words = request.POST.get("words", "")
    if said in {"yes", "no"} and _is_believed(token, request):
        reader = Reader(token=token, brand=centre.brand, language=centre.language)
        article: Article = found.revision.translation.article
        judge(article, reader, helped=said == "yes", words=words, at=request.at)
    told = "words" if words else said if said in {"yes", "no"} else ""
    address = reverse("centre-article", args=[centre.brand.slug, centre.language, slug])
    response = HttpResponseRedirect(f"{address}?told={told}#opinion")
    response.status_code = 303
    return remember(request, response, token)


def targets(
    found: Opened, *, brand: Centre, body: str
) -> tuple[dict[str, Target], dict[int, Target]]:
    """Say where the files and articles of a text are for readers of a brand."""
    slug, language = brand.brand.slug, brand.language
    files = {
        key: Target(
            url=reverse("centre-file", args=[slug, key]),
            kind=row.kind,
            width=row.width or 0,
            height=row.height or 0,
        )
        for key, row in files_in(found.listed.article, body).items()
    }
    articles = {
        number: Target(url=reverse("centre-article", args=[slug, language, place]), kind="article")
        for number, place in slugs_of(brand.brand, body, language=language).items()
    }
    return files, articles


def markup_of(found: Opened, centre: Centre) -> tuple[SafeString, tuple[Heading, ...]]:
    """Render an article for readers of a brand."""
    body = found.revision.body
    files, articles = targets(found, brand=centre, body=body)
    made = rendered(body, found_in(files, articles))
    return mark_safe(made.html), made.headings  # noqa: S308 it went through the sanitiser


def _page(centre: Centre, found: Opened, *, told: str) -> ArticlePage:
    html, headings = markup_of(found, centre)
    contents = tuple(each for each in headings if each.level < 4)
    article = found.revision.translation.article
    category = Category.objects.filter(articles=article, archived_at=None).first()
    return ArticlePage(
        listed=found.listed,
        html=html,
        contents=contents if len(contents) >= FEWEST_HEADINGS else (),
        category=category,
        related=related_to(centre.brand, article.pk, language=centre.language),
        published_at=found.listed.published_at,
        is_outdated=found.is_outdated,
        contact=contact_of(centre),
        told=told,
    )


def _moved(centre: Centre, slug: str) -> HttpResponse | None:
    place = moved_to(centre.brand, slug, language=centre.language)
    if place is None:
        return None
    response = HttpResponse(status=301)
    response["Location"] = reverse(
        "centre-article", args=[centre.brand.slug, centre.language, place]
    )
    return response


def _is_believed(token: str, request: Request) -> bool:
    # A page of another site opens articles for nobody.
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return False
    where = place_of(request)
    return not spend(
        Budget(what=f"reader:{token}", most=MOST_A_MINUTE, seconds=MINUTE),
        Budget(what=f"readers:{where}", most=MOST_A_MINUTE, seconds=MINUTE),
        Budget(what=f"readers-hour:{where}", most=10 * MOST_A_MINUTE, seconds=HOUR),
    )
