"""A living demo desk, a real browser, and people who sign in, write mails and read answers."""

import email
import json
import os
import smtplib
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.edge.commands.console import Running, start
from tests.waiting import PATIENCE_SECONDS, wait_for

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = "/usr/bin/chromium"
# Without these the browser looks up its maker's hosts, which a test machine cannot reach.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WATCH = """
window.__broken = [];
document.addEventListener('securitypolicyviolation', event =>
    window.__broken.push(`policy: ${event.violatedDirective} ${event.blockedURI}`));
window.addEventListener('error', event => window.__broken.push(`error: ${event.message}`));
window.addEventListener('unhandledrejection', event => window.__broken.push(`promise: ${event.reason}`));
"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# As long as other tests wait: how soon something shows is no promise on a machine that is busy.
PATIENCE_MS = 1000 * PATIENCE_SECONDS
expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here runs in a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.journey)


@dataclass(frozen=True, kw_only=True)
class Post:
    """The outside world: writes mails to the desk and reads what the desk sends."""

    desk: Running
    known: dict[str, EmailMessage] = field(default_factory=dict)

    def write(self, to: str, text: str, **more: Any) -> EmailMessage:
        """Send a mail to the desk over SMTP."""
        mail = EmailMessage(policy=policy.SMTP)
        mail["From"] = more.get("sender", "Anna Petrova <anna.petrova@example.org>")
        mail["To"] = to
        mail["Subject"] = more.get("subject", "A question")
        mail["Message-ID"] = make_msgid(domain="example.org")
        for name, value in more.get("headers", {}).items():
            mail[name] = value
        mail.set_content(text)
        if html := more.get("html"):
            mail.add_alternative(html, subtype="html")
        host, port = self.desk.smtp.split(":")
        with smtplib.SMTP(host, int(port), timeout=PATIENCE_SECONDS) as line:
            line.send_message(mail)
        return mail

    def received(self, word: str) -> list[EmailMessage]:
        """Read the mails from the desk in which a word stands, the newest first."""
        with urllib.request.urlopen(
            f"{self.desk.sink}messages", timeout=PATIENCE_SECONDS
        ) as answer:
            listed = json.load(answer)
        mails = [self._mail(each["url"]) for each in listed]
        return [mail for mail in mails if word in _text(mail) or word in str(mail["Subject"])]

    def await_mail(self, word: str) -> EmailMessage:
        """Wait for a mail of the desk in which a word stands."""
        wait_for(lambda: self.received(word))
        return self.received(word)[0]

    def _mail(self, url: str) -> EmailMessage:
        """Read a mail; each is fetched once, and stays what it is."""
        if url not in self.known:
            with urllib.request.urlopen(
                self.desk.sink.rstrip("/") + url, timeout=PATIENCE_SECONDS
            ) as answer:
                mail = email.message_from_bytes(answer.read(), policy=policy.default)
            self.known[url] = mail  # type: ignore[assignment]
        return self.known[url]


def _text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain", "html"))
    return body.get_content() if body else ""


@dataclass(kw_only=True)
class Seat:
    """Somebody of the staff before a browser."""

    login: dict[str, str]
    context: BrowserContext
    url: str
    pages: list[Page] = field(default_factory=list)

    def open(self, path: str = "") -> Page:
        """Open a page of the desk in a new tab."""
        page = self.context.new_page()
        self.pages.append(page)
        page.goto(self.url + path.lstrip("/"))
        return page

    def close(self) -> None:
        """Close the browser; whatever broke in a page breaks the test."""
        broken = [each for page in self.pages for each in _broken(page)]
        self.context.close()
        assert broken == []


def _broken(page: Page) -> list[str]:
    if page.is_closed():
        return []
    return list(page.evaluate("window.__broken || []"))


Sit = Callable[..., Seat]


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One demo desk for all journeys."""
    running = start(tmp_path_factory.mktemp("journeys") / "desk", demo=True)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    if not Path(CHROMIUM).exists():
        pytest.fail("The journeys need Chromium: bin/setup --tests installs it.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def post(desk: Running) -> Post:
    """The outside world."""
    return Post(desk=desk)


@pytest.fixture(scope="session")
def signed_in() -> dict[str, Any]:
    """Cookies of those who signed in before."""
    return {}


@pytest.fixture
def sit(desk: Running, browser: Browser, signed_in: dict[str, Any]) -> Iterator[Sit]:
    """Seat somebody of a role before a browser, signed in: sit("operator", language="ru")."""
    seats: list[Seat] = []

    def take(role: str = "operator", *, number: int = 0, **more: Any) -> Seat:
        login = [each for each in desk.logins if each["role"] == role][number]
        language, theme = more.pop("language", "en"), more.pop("theme", "light")
        context = browser.new_context(
            viewport=more.pop("viewport", {"width": 1440, "height": 900}),
            locale={"en": "en-GB", "ru": "ru-RU"}[language],
            color_scheme=theme,
            timezone_id="Europe/Moscow",
            storage_state=signed_in.get(login["login"]),
            **more,
        )
        context.set_default_timeout(PATIENCE_MS)
        context.add_init_script(WATCH)
        seat = Seat(login=login, context=context, url=desk.url)
        seats.append(seat)
        if login["login"] not in signed_in:
            sign_in(seat)
            signed_in[login["login"]] = context.storage_state()
        return seat

    yield take
    for seat in seats:
        seat.close()


def sign_in(seat: Seat) -> None:
    """Sign in as a person does."""
    page = seat.context.new_page()
    page.goto(seat.url)
    page.locator("input[name=login]").fill(seat.login["login"])
    page.locator("input[name=password]").fill(seat.login["password"])
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/account/" not in url)
    page.close()


def complaints(page: Page) -> list[str]:
    """What axe finds wrong with a page: rule, and the elements at fault."""
    page.evaluate(AXE.read_text())
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, iframes: false})", RULES
    )
    return [
        f"{each['id']}: {node['html'][:160]} ({(node.get('failureSummary') or '')[:200]})"
        for each in found["violations"]
        for node in each["nodes"][:5]
    ]


def picture(page: Page, name: str) -> None:
    """Leave a picture of a page where LOOK says, for whoever wants to see what went wrong."""
    if folder := os.environ.get("LOOK"):
        page.screenshot(path=f"{folder}/{name}.png")
