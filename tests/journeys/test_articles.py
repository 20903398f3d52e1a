"""The editor of articles gives back the Markdown that it was given."""

import tomllib
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser

from ambidesk.edge.commands.story import articles
from ambidesk.edge.web.ui.templatetags import ui

pytestmark = pytest.mark.journey
KEY = "k" * 32
MIXED = (
    f"![A box](file:{KEY})\n\nText **bold** and *it* `code`.\n\n> quote\n\n```\ncode\n```\n\n"
    f"[x](article:12) [f](file:{KEY})"
)
ROUND = """async ([address, texts]) => {
  const home = document.body.appendChild(document.createElement("div"));
  const place = { label: "Text", address: (key) => "/" + key, changed() {}, files() {} };
  const editor = (await import(address)).edit(home, place);
  const read = (text) => (editor.fill(text), editor.text());
  return texts.map((text) => { const once = read(text); return [once, read(once)]; });
}"""


@pytest.fixture
def served() -> Iterator[str]:
    """The built files, and an empty page beside them."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(ui.DIST.parent))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_markdown_stays_what_it_was_through_the_editor(served: str, browser: Browser) -> None:
    told = tomllib.loads(Path(articles.TEXTS).read_text())["article"]
    texts = [each[language][2] for each in told for language in ("en", "ru")]
    plain = [MIXED, *(text for text in texts if "|---" not in text)]
    tables = [text for text in texts if "|---" in text]
    name = ui.manifest()["knowing/editor.ts"]["file"]
    page = browser.new_page()
    page.goto(served)
    given = page.evaluate(ROUND, [f"/dist/{name}", [*plain, *tables]])
    page.close()
    assert [once for once, _again in given[: len(plain)]] == plain
    # Columns of tables are set in line once, and then stay.
    assert all(once == again for once, again in given)
