"""Addresses of persons in the workspace."""

from ambidesk.edge.web.workspace.people import (
    consents,
    household,
    joins,
    likenesses,
    person,
    taken,
)
from ambidesk.ground.kernel.routes import resource
from ambidesk.parties.consents.rights import ConsentRight
from ambidesk.parties.people.rights import PeopleRight

JOIN = PeopleRight.JOIN
LIKENESS = "people/likenesses/<int:pair>"

routes = [
    resource("people/likenesses", right=JOIN, name="likenesses", GET=likenesses.show),
    resource(LIKENESS, right=JOIN, name="likeness", GET=likenesses.compare),
    resource(f"{LIKENESS}/join", right=JOIN, name="likeness-join", POST=likenesses.decide),
    resource(
        f"{LIKENESS}/difference", right=JOIN, name="likeness-difference", POST=likenesses.deny
    ),
    resource(
        f"{LIKENESS}/reconsideration",
        right=JOIN,
        name="likeness-reconsideration",
        POST=likenesses.reconsider,
    ),
    resource(
        "people/joins/<int:join>/undoing",
        right=JOIN,
        name="person-join-undoing",
        POST=joins.undo,
    ),
    resource(
        "people/<int:person>",
        right=PeopleRight.SEE,
        name="person",
        GET=person.show,
        POST=person.change,
    ),
    resource(
        "people/<int:person>/consents",
        right=ConsentRight.NOTE,
        name="person-consents",
        POST=consents.note,
    ),
    resource(
        "people/<int:person>/household",
        right=PeopleRight.DESCRIBE,
        name="person-household",
        POST=household.save,
    ),
    resource(
        "people/<int:person>/household/departure",
        right=PeopleRight.DESCRIBE,
        name="person-moving-out",
        POST=household.leave,
    ),
    resource(
        "people/<int:person>/export",
        right=PeopleRight.EXPORT,
        name="person-export",
        POST=taken.take,
    ),
    resource(
        "people/<int:person>/erasure",
        right=PeopleRight.ERASE,
        name="person-erasure",
        POST=person.forget,
    ),
]
