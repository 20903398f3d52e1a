"""Addresses of the help centre; open to everybody, each brand on its own host or at the desk's.

What is told by POST names nobody and acts for nobody: no cookie of a session counts here.
"""

from ambidesk.edge.web.helpcentre import article, files, machines, pages
from ambidesk.ground.kernel.routes import Door, resource

BRAND = "help/<slug:brand>"
PLACE = f"{BRAND}/<str:language>"

routes = [
    resource("robots.txt", right=Door.PUBLIC, name="robots", GET=machines.robots),
    resource("help/", right=Door.PUBLIC, name="centre-door", GET=pages.enter),
    resource(f"{BRAND}/", right=Door.PUBLIC, name="centre-brand", GET=pages.choose),
    resource(f"{BRAND}/sitemap.xml", right=Door.PUBLIC, name="centre-map", GET=machines.sitemap),
    resource(
        f"{BRAND}/colours-<str:mark>.css",
        right=Door.PUBLIC,
        name="centre-colours",
        GET=machines.colours,
    ),
    resource(f"{BRAND}/files/<str:picture>", right=Door.PUBLIC, name="centre-file", GET=files.show),
    resource(f"{PLACE}/", right=Door.PUBLIC, name="centre", GET=pages.home),
    resource(f"{PLACE}/search", right=Door.PUBLIC, name="centre-search", GET=pages.search),
    resource(f"{PLACE}/suggestions", right=Door.PUBLIC, name="centre-suggest", GET=pages.suggest),
    resource(
        f"{PLACE}/topics/<slug:category>",
        right=Door.PUBLIC,
        name="centre-category",
        GET=pages.category,
    ),
    resource(
        f"{PLACE}/articles/<slug:slug>", right=Door.PUBLIC, name="centre-article", GET=article.show
    ),
    resource(
        f"{PLACE}/articles/<slug:slug>/reading",
        right=Door.OPEN,
        name="centre-reading",
        POST=article.read,
    ),
    resource(
        f"{PLACE}/articles/<slug:slug>/opinion",
        right=Door.OPEN,
        name="centre-opinion",
        POST=article.think,
    ),
]
