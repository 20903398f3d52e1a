"""Routes: the right first, then the method; reading never writes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory

from ambidesk.ground.kernel import routes
from ambidesk.ground.kernel.routes import Door, Right, resource

# The product's own addresses are no matter of these tests.
urlpatterns: list[object] = []
pytestmark = pytest.mark.urls(__name__)


@dataclass
class Colleague:
    rights: set[str] = field(default_factory=set)
    is_authenticated: bool = True

    def may(self, right: str) -> bool:
        return right in self.rights


@pytest.fixture(autouse=True)
def declared() -> Iterator[None]:
    before = dict(routes._routes)
    yield
    routes._routes.clear()
    routes._routes.update(before)


def show(request: HttpRequest) -> HttpResponse:
    return HttpResponse("shown")


def change(request: HttpRequest) -> HttpResponse:
    return HttpResponse("changed")


def asked(
    method: str, *, right: Right, who: object = None, headers: dict[str, str] | None = None
) -> Any:
    request = RequestFactory().generic(method, "/things", headers=headers)
    request.user = request.actor = who or AnonymousUser()  # type: ignore[attr-defined,assignment]
    return resource("things", right=right, name="tests-things", GET=show, POST=change).callback(
        request
    )


def test_who_has_the_right_is_let_in(db: None) -> None:
    assert asked("GET", right="things.see", who=Colleague({"things.see"})).content == b"shown"
    assert asked("POST", right="things.see", who=Colleague({"things.see"})).content == b"changed"
    assert asked("HEAD", right="things.see", who=Colleague({"things.see"})).status_code == 200


def test_who_lacks_the_right_finds_nothing() -> None:
    for method in ("GET", "POST", "DELETE"):
        with pytest.raises(Http404):
            asked(method, right="things.see", who=Colleague({"other"}))


def test_a_method_that_is_not_there_is_refused_only_to_who_may_know() -> None:
    answer = asked("DELETE", right="things.see", who=Colleague({"things.see"}))
    assert (answer.status_code, answer["Allow"]) == (405, "GET, POST")


def test_a_stranger_is_asked_to_sign_in_first(settings: Any) -> None:
    settings.LOGIN_URL = "/sign-in/"
    assert asked("GET", right="things.see")["Location"] == "/sign-in/?next=/things"
    assert asked("POST", right=Door.SIGNED_IN).status_code == 401
    fragment = asked("GET", right=Door.SIGNED_IN, headers={"HX-Request": "true"})
    assert (fragment.status_code, fragment["HX-Refresh"]) == (401, "true")


def test_a_public_page_is_for_strangers_too(db: None) -> None:
    assert asked("GET", right=Door.PUBLIC).content == b"shown"


def test_reading_cannot_write(clone: str) -> None:
    def sly(request: HttpRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE sly ()")
        return HttpResponse()

    view = resource("sly", right=Door.PUBLIC, name="tests-sly", GET=sly).callback
    with pytest.raises(DatabaseError, match="read-only transaction"):
        view(RequestFactory().get("/sly"))


def test_a_route_without_a_right_cannot_be_declared() -> None:
    with pytest.raises(TypeError, match="right"):
        resource("things", name="tests-things", GET=show)  # type: ignore[call-arg]


def test_a_name_belongs_to_one_address() -> None:
    resource("things", right=Door.PUBLIC, name="tests-things", GET=show)
    with pytest.raises(TypeError, match="tests-things"):
        resource("others", right=Door.PUBLIC, name="tests-things", GET=show)


def test_all_declared_routes_can_be_enumerated() -> None:
    resource("things", right="things.see", name="tests-things", GET=show, POST=change)
    route = {each.name: each for each in routes.all_routes()}["tests-things"]
    assert (route.right, list(route.views)) == ("things.see", ["GET", "POST"])
