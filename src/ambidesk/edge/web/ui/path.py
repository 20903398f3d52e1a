"""The path of a newcomer: who goes along, and what to read, ticked by themselves."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import Http404, HttpResponse
from django.urls import reverse

from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.days import day_of
from ambidesk.parties.staff.models import Mentoring
from ambidesk.support.knowledge.models import Article, Lesson
from ambidesk.support.knowledge.teaching import tick


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonView:
    """An article to read, with where it stands."""

    id: int
    title: str
    url: str
    is_read: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """Who goes along until which day, and what is to be read."""

    mentor: str
    last_on: date | None
    lessons: tuple[LessonView, ...]

    @property
    def read(self) -> int:
        """How many are read."""
        return sum(each.is_read for each in self.lessons)


def path_of(request: Request) -> Path | None:
    """Read the path of whoever is signed in; who has no mentor and nothing to read has none."""
    if request.user.is_client:
        return None
    lasting = Mentoring.objects.on(day_of(request.at)).select_related("mentor__user")
    mentoring = lasting.filter(member__user=request.user).first()
    lessons = _lessons(request)
    if mentoring is None and not lessons:
        return None
    return Path(
        mentor=mentoring.mentor.name if mentoring else "",
        last_on=mentoring.until_on - timedelta(days=1) if mentoring else None,
        lessons=lessons,
    )


def save(request: Request, lesson: int) -> HttpResponse:
    """Tick an article, or take that back."""
    row = Lesson.objects.filter(pk=lesson, member__user=request.user).first()
    if row is None:
        raise Http404
    tick(row, is_read=request.POST.get("read") == "1", by=request.actor, at=request.at)
    return back_to("profile")


def _lessons(request: Request) -> tuple[LessonView, ...]:
    seen = Article.objects.visible_to(request.actor).filter(archived_at=None)
    rows = Lesson.objects.filter(member__user=request.user, article__in=seen)
    found = []
    for row in rows.prefetch_related("article__translations"):
        texts = {each.language: each for each in row.article.translations.all()}
        text = texts.get(request.LANGUAGE_CODE[:2]) or next(iter(texts.values()), None)
        if text is not None:
            url = reverse("knowledge-text", args=[row.article_id, text.language])
            is_read = row.read_at is not None
            found.append(LessonView(id=row.pk, title=text.title, url=url, is_read=is_read))
    return tuple(found)
