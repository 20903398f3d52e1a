"""Who is behind a login, beside a newcomer, under one roof: seen and done by those concerned."""

from playwright.sync_api import expect

from tests.edge.commands.console import Running
from tests.journeys.conftest import Post, Sit, complaints, picture
from tests.journeys.words import SHOP, await_ticket, row_of, unique

NEWCOMER = "daniel@desk.example"
PHONE = {"width": 390, "height": 844}


def test_who_signs_in_for_a_department_says_who_is_speaking_and_the_desk_reads_it(
    sit: Sit,
) -> None:
    page = sit("department", viewport=PHONE).open("portal/")
    expect(page.get_by_role("heading", name="Кто говорит?")).to_be_visible()
    picture(page, "portal-speaker-390")
    assert complaints(page) == []
    page.locator("input[name=contact]").first.check()
    page.locator(".portal-form .primary[type=submit]").click()
    page.goto(f"{page.url.split('/portal')[0]}/portal/new/")
    page.locator(".portal-main .portal-list a").first.click()
    said = unique("The shelf is warm")
    page.locator("#text").fill(said)
    page.locator(".portal-form .primary[type=submit]").click()
    talk = page.locator("#talk")
    expect(talk).to_contain_text(said)
    expect(talk).to_contain_text("Зинаида")
    assert complaints(page) == []
    number = page.url.rstrip("/").rsplit("/", 1)[1]
    desk = sit("administrator").open(f"tickets/{number}")
    expect(desk.get_by_text("speaking: Зинаида").first).to_be_visible()
    picture(desk, "ticket-speaking")
    assert complaints(desk) == []


def test_a_newcomer_ticks_off_what_they_read(sit: Sit, desk: Running) -> None:
    operators = [each["login"] for each in desk.logins if each["role"] == "operator"]
    page = sit("operator", number=operators.index(NEWCOMER)).open("profile")
    path = page.get_by_role("button", name="I have read it")
    left = path.count()
    assert left
    expect(page.get_by_text("goes along with you until")).to_be_visible()
    picture(page, "profile-path")
    assert complaints(page) == []
    path.first.click()
    expect(path).to_have_count(left - 1)


def test_two_under_one_roof_are_shown_on_each_other_s_page(sit: Sit, post: Post) -> None:
    name = unique("Doe").replace(" ", "")
    subjects = [unique(f"{first} asks") for first in ("Vera", "Lev")]
    mails = [f"{first}.{name}@example.org".lower() for first in ("vera", "lev")]
    for first, subject, mail in zip(("Vera", "Lev"), subjects, mails, strict=True):
        post.write(
            SHOP, "When do you come to us?", subject=subject, sender=f"{first} {name} <{mail}>"
        )
    page = sit("administrator").open("inbox/all/")
    for subject in subjects:
        expect(row_of(page, subject)).to_be_visible()
    row_of(page, subjects[0]).get_by_role("link").first.click()
    await_ticket(page, subjects[0])
    page.locator("a[data-key='g p']").click()
    page.get_by_text("Put into a household").click()
    page.locator("#household-name").fill(f"The {name}s")
    page.locator("#household-who").fill(mails[1])
    page.locator("#household-who").press("Enter")
    section = page.locator("section[aria-labelledby=household-title]")
    expect(section).to_contain_text(f"The {name}s")
    assert complaints(page) == []
    section.get_by_role("link", name=f"Lev {name}").click()
    expect(section.get_by_role("link", name=f"Vera {name}")).to_be_visible()
    picture(page, "person-household")
    assert complaints(page) == []
