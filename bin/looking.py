"""Takes the pictures of `bin/look`, and asks axe about each screen where --axe is given."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
HEIGHTS = {390: 844, 1280: 800, 1440: 900, 1920: 1080}
LOCALES = {"ru": "ru-RU", "en": "en-GB"}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SETTLING_MILLISECONDS = 450


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One screen: where it is, and what is done there before the picture."""

    name: str
    path: str
    role: str = "operator"
    steps: Callable[[Page], object] = lambda _page: None


def open_first(page: Page) -> None:
    """Open the first ticket of the list."""
    page.locator("[data-row] > a").first.click()
    page.locator("#ticket").wait_for()


def press(*keys: str) -> Callable[[Page], None]:
    """Open the first ticket and press keys."""

    def pressed(page: Page) -> None:
        open_first(page)
        page.wait_for_timeout(SETTLING_MILLISECONDS)
        for key in keys:
            page.keyboard.press(key)
            page.wait_for_timeout(250)

    return pressed


def type_answer(page: Page) -> None:
    """Begin an answer."""
    press("r")(page)
    page.keyboard.type("Здравствуйте! Проверили на складе: посылка уйдёт сегодня.\n\n")
    page.keyboard.type("С уважением, Ольга")


def pick_messages(page: Page) -> None:
    """Choose messages to split off."""
    open_first(page)
    page.locator("[data-pick-messages]").evaluate("button => button.click()")
    page.locator(".pick").first.check()


def open_card(page: Page) -> None:
    """Show the card as a drawer."""
    open_first(page)
    page.locator("[data-show-card-button]").first.evaluate("button => button.click()")


def open_person(page: Page) -> None:
    """Go to the person of the first ticket."""
    open_first(page)
    page.locator("#card-pane h2 a").evaluate("link => link.click()")
    page.wait_for_load_state()


def try_rule(page: Page) -> None:
    """Try the rule on the past, and wait for what it says."""
    page.locator("[name=period]").select_option("90")
    page.locator(".rule-try button").first.click()
    page.locator("[data-trial=done]").wait_for()


SCREENS = (
    Screen(name="sign-in", path="account/login/", role=""),
    Screen(name="inbox", path="inbox/all/"),
    Screen(name="inbox-empty", path="inbox/snoozed/"),
    Screen(name="ticket", path="inbox/all/", steps=open_first),
    Screen(name="ticket-suspended", path="inbox/suspended/", steps=open_first),
    Screen(name="ticket-waiting", path="inbox/waiting/", steps=open_first),
    Screen(name="ticket-card", path="inbox/all/", steps=open_card),
    Screen(name="ticket-menu", path="inbox/all/", steps=press(".")),
    Screen(name="ticket-choices", path="inbox/all/", steps=press("a")),
    Screen(name="ticket-snooze", path="inbox/all/", steps=press("z")),
    Screen(name="ticket-templates", path="inbox/all/", steps=press("m")),
    Screen(name="ticket-note", path="inbox/all/", steps=press("n")),
    Screen(name="ticket-answer", path="inbox/all/", steps=type_answer),
    Screen(name="ticket-pick", path="inbox/all/", steps=pick_messages),
    Screen(name="palette", path="inbox/all/", steps=press("Control+k")),
    Screen(name="keys", path="inbox/all/", steps=press("?")),
    Screen(name="new-ticket", path="tickets/new"),
    Screen(name="search", path="search?q=возврат"),
    Screen(name="search-nothing", path="search?q=qwertyuiop"),
    Screen(name="search-empty", path="search"),
    Screen(name="views", path="views/"),
    Screen(name="person", path="inbox/all/", steps=open_person),
    Screen(name="profile", path="profile"),
    Screen(name="not-found", path="tickets/99999999"),
    Screen(name="settings-brands", path="settings/brands/", role="administrator"),
    Screen(name="settings-channels", path="settings/channels/", role="administrator"),
    Screen(name="settings-staff", path="settings/staff/", role="administrator"),
    Screen(name="settings-templates", path="settings/templates/", role="administrator"),
    Screen(name="settings-rules", path="settings/rules/", role="administrator"),
    Screen(name="settings-rule", path="settings/rules/1", role="administrator", steps=try_rule),
    Screen(name="settings-rule-new", path="settings/rules/new", role="administrator"),
    Screen(name="settings-rule-runs", path="settings/rules/1/runs", role="administrator"),
    Screen(name="settings-problems", path="settings/problems/", role="administrator"),
)


def main() -> int:
    """Take the pictures that the arguments ask for; 1 when axe found something."""
    asked = _arguments()
    desk = _desk(asked.desk)
    folder = ROOT / "look"
    folder.mkdir(exist_ok=True)
    wanted = [s for s in SCREENS if not asked.only or s.name in asked.only.split(",")]
    found = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for language in asked.languages.split(","):
            for theme in asked.themes.split(","):
                for role in dict.fromkeys(screen.role for screen in wanted):
                    shown = [screen for screen in wanted if screen.role == role]
                    with _page(browser, desk, role, language=language, theme=theme) as page:
                        for width in map(int, asked.widths.split(",")):
                            for screen in shown:
                                name = f"{screen.name}-{width}-{theme}-{language}"
                                _show(page, desk["url"], screen, width)
                                page.screenshot(path=folder / f"{name}.png")
                                found += _complaints(page, name) if asked.axe else 0
        browser.close()
    return 1 if found else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/look")
    parser.add_argument("--desk", required=True, help="what `ambidesk demo --json` printed")
    parser.add_argument("--only", default="", help="names of screens, with commas")
    parser.add_argument("--widths", default="390,1280,1440,1920")
    parser.add_argument("--themes", default="light,dark")
    parser.add_argument("--languages", default="ru,en")
    parser.add_argument("--axe", action="store_true", help="ask axe about each screen")
    return parser.parse_args()


def _desk(path: str) -> dict[str, object]:
    lines = [line for line in Path(path).read_text().splitlines() if line.startswith("{")]
    if not lines:
        sys.exit(f"{path} has no line that begins with {{: start `ambidesk demo --json` into it.")
    return dict(json.loads(lines[-1]))


@contextmanager
def _page(
    browser: Browser, desk: dict[str, object], role: str, *, language: str, theme: str
) -> Iterator[Page]:
    context = browser.new_context(
        locale=LOCALES[language], color_scheme=theme, timezone_id="Europe/Moscow"
    )
    page = context.new_page()
    page.add_init_script(
        "addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.blockedURI))"
    )
    page.on("pageerror", lambda error: print("broken:", error))
    page.on("console", lambda said: print("console:", said.text) if "CSP" in said.text else None)
    if role:
        login = next(each for each in desk["logins"] if each["role"] == role)
        page.goto(f"{desk['url']}account/login/")
        page.locator("input[name=login]").fill(login["login"])
        page.locator("input[name=password]").fill(login["password"])
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/account/" not in url)
    yield page
    context.close()


def _show(page: Page, url: str, screen: Screen, width: int) -> None:
    page.set_viewport_size({"width": width, "height": HEIGHTS.get(width, 900)})
    page.goto(url + screen.path)
    try:
        screen.steps(page)
    except Exception as missing:  # noqa: BLE001 the other pictures are taken all the same
        print(f"{screen.name}-{width}: {str(missing).splitlines()[0]}")
    page.wait_for_timeout(SETTLING_MILLISECONDS)


def _complaints(page: Page, name: str) -> int:
    page.evaluate(AXE.read_text())
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, iframes: false})", RULES
    )
    for each in found["violations"]:
        for node in each["nodes"][:3]:
            why = " ".join((node.get("failureSummary") or "").split())[:220]
            print(f"{name}: {each['id']}: {node['html'][:140]} ({why})")
    return len(found["violations"])


if __name__ == "__main__":
    sys.exit(main())
