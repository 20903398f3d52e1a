"""
The pages: /polka and /liftcare with a chat, /polka/request and /liftcare/request with a form.

Each is there in two languages, under a policy as strict as a site can have.

?user=1 is a visitor who has signed in; the server of the site signs for them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from string import Template
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

from ambidesk.edge.commands.sink.words import chosen
from ambidesk.edge.commands.site.keys import Keys, signed
from ambidesk.edge.commands.site.texts import EMAILS, SHOP, TEXTS, Text

HERE = Path(__file__).parent
PAGE = Template((HERE / "site.txt").read_text())
STYLES = (HERE / "site.css").read_bytes()
ART = {path.stem: path.read_bytes() for path in sorted((HERE / "art").glob("*.svg"))}
REQUEST = "/request"
WAY = {"en": "Leave a request", "ru": "Оставить заявку"}
POLICY = (
    "default-src 'none'; script-src {desk}; style-src 'self'; connect-src {desk}; "
    "img-src 'self' {desk}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'"
)


class Page(BaseHTTPRequestHandler):
    """Answers to browsers."""

    keys: ClassVar[Mapping[str, Keys]]
    desk: ClassVar[str]
    server_version = "Ambidesk-site"

    def do_GET(self) -> None:
        """Answer with a page, its styles, or a drawing."""
        parts = urlsplit(self.path)
        path = parts.path.strip("/")
        if path == "site.css":
            self._answer(STYLES, "text/css; charset=utf-8")
        elif path == "favicon.ico":
            self._answer(ART["fridge"], "image/svg+xml")
        elif path.removesuffix(".svg") in ART and path.endswith(".svg"):
            self._answer(ART[path.removesuffix(".svg")], "image/svg+xml")
        elif (slug := path.removesuffix(REQUEST) or SHOP) in self.keys:
            asked = {key: values[0] for key, values in parse_qs(parts.query).items()}
            self._show(slug, asked, by_form=path.endswith(REQUEST))
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - inherited name
        """Keep quiet: looking at a demo's site is nothing to log."""

    def _show(self, slug: str, asked: Mapping[str, str], *, by_form: bool) -> None:
        language = asked.get("lang") or chosen(self.headers.get("Accept-Language", ""))
        language = language if language in {"en", "ru"} else "en"
        is_known = asked.get("user") == "1"
        shown = _Shown(slug=slug, language=language, is_known=is_known, by_form=by_form)
        written = _written(shown, desk=self.desk, keys=self.keys[slug])
        self._answer(written.encode(), "text/html; charset=utf-8")

    def _answer(self, body: bytes, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Content-Security-Policy", POLICY.format(desk=self.desk))
        self.end_headers()
        self.wfile.write(body)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """Which page, for whom; `by_form` is the one on which a request is typed."""

    slug: str
    language: str
    is_known: bool
    by_form: bool


def _written(shown: _Shown, *, desk: str, keys: Keys) -> str:
    slug, language, known = shown.slug, shown.language, shown.is_known
    text = TEXTS[slug, language]
    other = "en" if language == "ru" else "ru"
    user = "&user=1" if known else ""
    return PAGE.substitute(
        language=language,
        slug=slug,
        brand=escape(text.brand),
        title=escape(text.headline),
        lead=escape(text.lead),
        act=escape(text.act),
        places="".join(f"<li>{escape(each)}</li>" for each in text.places),
        offer=escape(text.offer),
        things=_things(text),
        facts="".join(
            f"<li><strong>{escape(fact)}</strong> {escape(words)}</li>"
            for fact, words in text.facts
        ),
        other=f"/{slug}?lang={other}{user}",
        other_name="English" if other == "en" else "Русский",
        other_language=other,
        account=f"/{slug}?lang={language}{'' if known else '&user=1'}",
        account_name=escape(f"{text.entered} · {text.leave}" if known else text.enter),
        foot=escape(text.foot),
        act_to=f"/{slug}{REQUEST}?lang={language}" if slug != SHOP else "#offer",
        form=_form(shown, desk=desk),
        script="" if shown.by_form else _script(slug, text, desk=desk, keys=keys, known=known),
    )


def _form(shown: _Shown, *, desk: str) -> str:
    """The form by the one line that a site puts in, or the way to it."""
    slug, language = shown.slug, shown.language
    if not shown.by_form:
        return f'<a href="/{slug}{REQUEST}?lang={language}">{WAY[language]}</a>'
    return (
        f'<script async src="{desk}/forms.js" data-form="{slug}" data-language="{language}">'
        "</script>"
    )


def _things(text: Text) -> str:
    return "".join(
        f'<li class="thing"><img src="/{each.art}.svg" alt="" width="240" height="180">'
        f"<h3>{escape(each.name)}</h3><p>{escape(each.line)}</p>"
        f'<p class="price">{escape(each.price)}</p></li>'
        for each in text.things
    )


def _script(slug: str, text: Text, *, desk: str, keys: Keys, known: bool) -> str:
    user = ""
    if known:
        token = signed(keys, subject=f"{slug}-1", name=text.entered, email=EMAILS[slug])
        user = f' data-user="{token}"'
    return f'<script async src="{desk}/widget.js" data-channel="{keys.channel}"{user}></script>'
