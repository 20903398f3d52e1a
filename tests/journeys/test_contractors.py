"""A contractor on a phone does a stage, and again after rework; the dispatcher looks at it."""

from base64 import b64decode

from playwright.sync_api import FilePayload, Page, expect

from tests.journeys.conftest import Post, Sit, complaints, picture
from tests.journeys.words import SHOP, await_ticket, row_of, unique
from tests.waiting import wait_for

PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
DONE = "Сделано, на проверке"
PHONE = {"width": 390, "height": 844}


def hand_over(page: Page, subject: str, task: str) -> None:
    """Begin the repair and hand its first stage over."""
    row_of(page, subject).click()
    await_ticket(page, subject)
    page.locator("#ticket-menu > summary").click()
    page.get_by_role("button", name="Process of the ticket").click()
    page.locator(".script-offer", has_text="Repair with estimate").click()
    section = page.locator("[id^=handed-]").first
    section.get_by_text("Hand over to a contractor").click()
    cold = section.locator("#handed-to option", has_text="Северный холод").get_attribute("value")
    section.locator("#handed-to").select_option(cold)
    section.locator("#handed-task").fill(task)
    section.locator("#handed-words").fill("Third row on the left")
    picture(page, "handing-over")
    assert complaints(page) == []
    section.get_by_role("button", name="Hand over").click()
    expect(section).to_contain_text("Offered")


def call_done(page: Page, said: str) -> None:
    """Tick what is to be ticked, and call it done with a photo and the time."""
    form = page.locator("form[action$='/result/'], form[action*='result']")
    # The page may be on its way still, and a line that is ticked twice is not ticked.
    expect(form.locator("textarea[name=text]")).to_be_visible()
    left = page.locator(".portal-lines [aria-checked=false]")
    while number := left.count():
        left.first.click()
        expect(left).to_have_count(number - 1)
    form.locator("textarea[name=text]").fill(said)
    page.locator("#minutes").fill("45")
    page.locator("#materials").fill("1200")
    photo = FilePayload(name="gauge.png", mimeType="image/png", buffer=PIXEL)
    page.locator("#result-files").set_input_files(photo)
    picture(page, "contractor-result-390")
    assert complaints(page) == []
    form.locator("button[type=submit]").click()
    # They work in Russian.
    expect(page.locator(".portal-facts")).to_contain_text(DONE)


def test_a_contractor_does_a_stage_and_does_it_again_after_rework(sit: Sit, post: Post) -> None:
    subject, task = unique("Warm freezer"), unique("Fill up gas")
    post.write(SHOP, "It is warm inside", subject=subject)
    desk = sit("operator").open("inbox/unassigned/")
    hand_over(desk, subject, task)
    post.await_mail("/portal/work/")

    fitter = sit("contractor", viewport=PHONE).open("portal/work/")
    picture(fitter, "contractor-work-390")
    assert complaints(fitter) == []
    fitter.locator(".portal-list a", has_text=task).click()
    expect(fitter.locator(".portal-talk")).to_contain_text("Third row on the left")
    picture(fitter, "contractor-offer-390")
    assert complaints(fitter) == []
    fitter.locator("form[action*='acceptance'] button").click()
    call_done(fitter, "Filled up, no leak")
    picture(fitter, "contractor-done-390")
    assert complaints(fitter) == []

    desk.reload()
    section = desk.locator("[id^=handed-]").first
    expect(section).to_contain_text("Done, to be looked at")
    section.locator("summary", has_text="Send back").click()
    section.get_by_label("Why").fill("It still leaks at the valve")
    picture(desk, "handed-rework")
    assert complaints(desk) == []
    section.locator("form, [hx-post]").get_by_role("button", name="Send back").click()
    expect(section).to_contain_text("sent back once")

    fitter.reload()
    expect(fitter.locator("body")).to_contain_text("It still leaks at the valve")
    call_done(fitter, "Valve replaced")
    desk.reload()
    section.get_by_role("button", name="Take it", exact=True).click()
    expect(section).not_to_contain_text("Done, to be looked at")
    notices = desk.goto(desk.url.split("/inbox/")[0] + "/notices/")
    assert notices
    picture(desk, "contractor-notices")


def is_counted(page: Page) -> bool:
    """Whether the story has come to what contractors did."""
    page.reload()
    return page.locator(".figures-table td a").count() > 2


def test_contractors_are_compared_and_a_figure_opens_its_rows(sit: Sit) -> None:
    for language, theme in (("en", "light"), ("ru", "dark")):
        seat = sit("administrator", language=language, theme=theme)
        page = seat.open("insight/contractors?days=91")
        # On a machine at work the story takes minutes.
        wait_for(lambda page=page: is_counted(page), seconds=600)
        picture(page, f"contractors-{language}")
        assert complaints(page) == []
        page.locator(".figures-table th a", has_text="Северный холод").click()
        expect(page.locator("h1")).to_contain_text("Северный холод")
        expect(page.locator(".lines .line").first).to_be_visible()
        picture(page, f"contractor-{language}")
        assert complaints(page) == []
        page.set_viewport_size(PHONE)
        picture(page, f"contractor-{language}-390")
        page.close()
