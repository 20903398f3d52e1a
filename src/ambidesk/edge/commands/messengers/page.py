"""The page on which somebody is each of the people who have a messenger in the demo."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import ClassVar
from urllib.parse import parse_qs

from ambidesk.edge.commands.messengers.chats import Chat, Chats, Line
from ambidesk.edge.commands.sink.words import chosen, saying

STYLES = (Path(__file__).parents[1] / "sink" / "sink.css").read_bytes()
OWN_STYLES = (Path(__file__).parent / "messengers.css").read_bytes()
SCRIPT = (Path(__file__).parent / "messengers.js").read_bytes()
OWN = ("style-src", "script-src", "connect-src", "form-action")
POLICY = "; ".join(["default-src 'none'", *(f"{each} 'self'" for each in OWN)])
LONGEST = 20_000
TITLES = {"telegram": "Telegram", "max": "MAX"}
HEAD = (
    '<!doctype html><html lang="{tongue}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta name="color-scheme" content="light dark"><link rel="stylesheet" href="/sink.css">'
    '<link rel="stylesheet" href="/messengers.css"><title>{title}</title>'
    '<script src="/messengers.js" defer></script></head>'
    "<body><main><header><h1>{title}</h1><p class=quiet>{words}</p></header>"
    "{starts}<div class=chats>{chats}</div></main></body></html>"
)
Say = Callable[[str], str]


class Page(BaseHTTPRequestHandler):
    """Answers to browsers."""

    chats: ClassVar[Chats]
    server_version = "Ambidesk-messengers"

    def do_GET(self) -> None:
        """Answer with the page or what belongs to it."""
        files = {
            "/sink.css": (STYLES, "text/css"),
            "/messengers.css": (OWN_STYLES, "text/css"),
            "/messengers.js": (SCRIPT, "text/javascript"),
        }
        path, _mark, query = self.path.partition("?")
        if path in files:
            self._answer(*files[path])
        elif path.lstrip("/") in {"", *TITLES}:
            token = parse_qs(query).get("start", [""])[0]
            self._answer(self._written(path.lstrip("/"), token).encode(), "text/html")
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        """Say a word or press a button as somebody."""
        asked = self._asked()
        if asked is None:
            self.send_error(HTTPStatus.BAD_REQUEST)
            return
        number = int(asked["who"])
        if asked.get("start"):
            self.chats.start(number, asked["start"])
        elif "button" in asked:
            button = int(asked["button"]) if asked["button"].isdecimal() else -1
            self.chats.press(number, name=asked.get("name", ""), button=button)
        elif asked.get("text", "").strip():
            self.chats.say(number, asked["text"].strip())
        self.send_response(HTTPStatus.SEE_OTHER)
        self.send_header("Location", f"/#{number}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - inherited name
        """Keep quiet."""

    def _asked(self) -> Mapping[str, str] | None:
        length = self.headers.get("Content-Length") or "0"
        own = f"http://{self.headers.get('Host', '')}"
        is_own = self.headers.get("Origin", own) == own
        if not is_own or not length.isdecimal() or int(length) > LONGEST:
            return None
        told = parse_qs(self.rfile.read(int(length)).decode(errors="replace"))
        asked = {name: values[0] for name, values in told.items()}
        who = asked.get("who", "")
        return asked if who.isdecimal() and int(who) in self.chats.chats else None

    def _written(self, messenger: str, token: str) -> str:
        self.chats.look()
        tongue = chosen(self.headers.get("Accept-Language", ""))
        say = saying(tongue)
        chats = "".join(_chat(each, self.chats, say) for each in self.chats.chats.values())
        return HEAD.format(
            tongue=tongue,
            title=escape(say("Messengers of the demo")),
            words=escape(say("Be each of these people: what you write here comes to the desk.")),
            starts=_starts(messenger, token, self.chats, say) if messenger and token else "",
            chats=chats,
        )

    def _answer(self, body: bytes, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)


def _starts(messenger: str, token: str, chats: Chats, say: Say) -> str:
    """Behind a link to the bot: as whom to follow it."""
    buttons = "".join(
        f'<button name="who" value="{each.who.number}">{escape(each.who.name)}</button>'
        for each in chats.chats.values()
        if each.who.messenger == messenger
    )
    words = escape(say("Who opens the link in %(name)s?") % {"name": TITLES[messenger]})
    return (
        f'<form method="post" action="/" class="starts"><p>{words}</p>'
        f'<input type="hidden" name="start" value="{escape(token, quote=True)}">{buttons}</form>'
    )


def _chat(chat: Chat, chats: Chats, say: Say) -> str:
    who = chat.who
    lines = "".join(_line(each, chat, chats) for each in list(chat.lines))
    empty = escape(say("Nothing yet."))
    label, send = escape(say("Message"), quote=True), escape(say("Send"))
    return (
        f'<section id="{who.number}" aria-label="{escape(who.name, quote=True)}">'
        f"<h2>{escape(who.name)} · {TITLES[who.messenger]}</h2>"
        f'<ol data-mark="{sha256(lines.encode()).hexdigest()[:12]}">'
        f"{lines or f'<li class=quiet>{empty}</li>'}</ol>"
        f'<form method="post" action="/"><input type="hidden" name="who" value="{who.number}">'
        f'<input name="text" aria-label="{label}" autocomplete="off" required>'
        f"<button>{send}</button></form></section>"
    )


def _line(line: Line, chat: Chat, chats: Chats) -> str:
    side = "mine" if line.is_theirs else "theirs"
    if line.arrived is None:
        return f'<li class="{side}">{escape(line.text)}</li>'
    now = chats.shown(chat.who, line.arrived)
    text = now.text if now is not line.arrived else line.text
    buttons = "".join(
        f'<button name="button" value="{number}">{escape(str(each.get("text", "")))}</button>'
        for number, each in enumerate(now.buttons)
        if not each.get("url")
    )
    form = (
        f'<form method="post" action="/" class="buttons">'
        f'<input type="hidden" name="who" value="{chat.who.number}">'
        f'<input type="hidden" name="name" value="{escape(now.name, quote=True)}">{buttons}</form>'
    )
    return f'<li class="{side}">{escape(text)}{form if buttons else ""}</li>'
