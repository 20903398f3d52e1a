"""Addresses of the widget: open to listed sites, each checked by its door."""

from django.urls import URLPattern

from ambidesk.edge.web.widget import asking, banner, files, manager, script
from ambidesk.edge.web.widget.door import preflight
from ambidesk.ground.kernel.routes import Door, View, resource

WIDGET = "widget/<str:widget>"


def _asked(path: str, name: str, **views: View) -> URLPattern:
    return resource(f"{WIDGET}/{path}", right=Door.BEARER, name=name, OPTIONS=preflight, **views)


routes = [
    resource("widget.js", right=Door.MACHINE, name="widget-script", GET=script.show),
    _asked("", "widget", GET=asking.show),
    _asked("banner", "widget-banner", GET=banner.show, POST=banner.take_up),
    _asked("visit", "widget-visit", POST=asking.begin, DELETE=asking.leave),
    _asked("answers", "widget-answers", POST=asking.answer),
    _asked("talk", "widget-talk", GET=asking.talk),
    _asked("words", "widget-words", POST=asking.say),
    _asked("typing", "widget-typing", POST=asking.types),
    _asked("reading", "widget-reading", POST=asking.read),
    _asked("sight", "widget-sight", POST=asking.look),
    _asked("files", "widget-files", POST=files.keep),
    resource(
        f"{WIDGET}/files/<str:file>",
        right=Door.BEARER,
        name="widget-file",
        GET=files.show,
        DELETE=files.drop,
        OPTIONS=files.preflight_one,
    ),
    resource(
        f"{WIDGET}/faces/<int:member>", right=Door.BEARER, name="widget-face", GET=manager.show
    ),
    _asked("transcript", "widget-transcript", POST=asking.transcript),
    _asked("moves", "widget-moves", POST=asking.move),
    _asked("rating", "widget-rating", POST=asking.rate),
    _asked("stream", "widget-stream", GET=asking.nothing),
]
