"""Articles over the API: written, reviewed, published, found; each brand its own."""

from tests.cast import Cast
from tests.edge.api.machines import Machine, issued


def test_an_article_goes_from_draft_to_readers(cast: Cast, shop: Machine) -> None:
    said = {"title": "Returns", "body": "Send it back.", "language": "en"}
    made = shop.post("articles", {**said, "brand_ids": [cast.shop.pk]})
    assert made.status == 201, made.body
    one = f"articles/{made.body['id']}"
    text = f"{one}/texts/en"
    draft = shop.put(f"{text}/draft", {"title": "Returns", "body": "Within a month.", "version": 1})
    assert draft.body["texts"][0]["version"] == 2
    late = shop.put(f"{text}/draft", {"title": "Returns", "body": "Never.", "version": 1})
    assert (late.status, late.body["code"]) == (409, "changed-meanwhile")
    assert shop.put(f"{text}/submission", {"version": 2}).body["texts"][0]["stage"] == "review"
    back = shop.put(f"{text}/return", {"version": 2, "words": "Say where to."})
    assert back.body["texts"][0]["stage"] == "draft"
    published = shop.put(f"{text}/publication", {"version": 2})
    assert (published.status, published.body["texts"][0]["stage"]) == (200, "published")
    (revision,) = shop.get(f"{text}/revisions").body["items"]
    assert revision["body"] == "Within a month."
    both = shop.post(f"{one}/texts/ru", {"title": "Возврат", "body": "За месяц."})
    assert [each["language"] for each in both.body["texts"]] == ["ru", "en"]
    assert shop.put(f"{one}/archive").body["is_archived"]


def test_a_key_that_may_only_write_publishes_nothing(cast: Cast) -> None:
    writer = Machine(token=issued(["articles:write"], brands=[cast.shop.pk], at=cast.at).token)
    said = {"title": "Returns", "body": "Back.", "language": "en", "brand_ids": [cast.shop.pk]}
    one = f"articles/{writer.post('articles', said).body['id']}"
    assert writer.put(f"{one}/texts/en/publication", {"version": 1}).status == 403


def test_an_article_of_another_brand_is_not_there(
    cast: Cast, shop: Machine, lifts: Machine
) -> None:
    said = {"title": "Doors", "body": "Closed.", "language": "en"}
    assert shop.post("articles", {**said, "brand_ids": [cast.lifts.pk]}).status == 422
    made = lifts.post("articles", {**said, "brand_ids": [cast.lifts.pk]}).body["id"]
    assert shop.get(f"articles/{made}").status == 404
    assert shop.get("articles").body["items"] == []
    assert shop.get("articles/search?q=doors").body["items"] == []


def test_a_key_without_brands_finds_no_article(cast: Cast, shop: Machine) -> None:
    said = {"title": "Doors", "body": "Closed.", "language": "en", "brand_ids": [cast.shop.pk]}
    one = f"articles/{shop.post('articles', said).body['id']}"
    assert shop.put(f"{one}/texts/en/publication", {"version": 1}).status == 200
    nowhere = Machine(token=issued(["articles:read"], at=cast.at).token)
    nothing = nowhere.get("articles/search?q=doors")
    assert (nothing.status, nothing.body["items"]) == (200, [])


def test_an_article_of_two_brands_is_not_one_brands_to_change(cast: Cast, shop: Machine) -> None:
    every = Machine(token=issued(at=cast.at).token)
    both = [cast.shop.pk, cast.lifts.pk]
    said = {"title": "Both", "body": "Of us.", "language": "en", "brand_ids": both}
    one = f"articles/{every.post('articles', said).body['id']}"
    assert shop.get(one).body["brand_ids"] == [cast.shop.pk]
    draft = {"title": "Ours", "body": "Alone.", "version": 1}
    assert shop.put(f"{one}/texts/en/draft", draft).status == 403
