"""Markdown of articles as markup: no raw HTML, own files only, headings with anchors.

What comes out has gone through the sanitiser too. Source: CommonMark 0.31, GFM tables.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from ambidesk.support.knowledge.rules.slugs import slug_of

# In a text a file is "file:" and its key, another article "article:" and its number.
FILE = re.compile(r"^file:([A-Za-z0-9_-]{16,43})$")
ARTICLE = re.compile(r"^article:(\d{1,18})$")
OUTSIDE = re.compile(r"^(https?://|mailto:|tel:)", re.IGNORECASE)
TAGS = set(
    "a blockquote br code em h2 h3 h4 hr img li ol p pre s strong table tbody td th thead tr ul"
    " video figure figcaption div".split()
)
ATTRIBUTES = {
    "a": {"href", "rel", "download"},
    "img": {"src", "alt", "width", "height", "loading"},
    "video": {"src", "controls", "preload", "aria-label"},
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    "ol": {"start"},
    "td": {"class"},
    "th": {"class"},
    "div": {"class", "tabindex"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a file or an article of a text is; `kind` is picture, video, file or article."""

    url: str
    kind: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of a text."""

    level: int
    anchor: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A text as markup, its headings, and its words without any markup."""

    html: str
    headings: tuple[Heading, ...]


Resolve = Callable[[str], Target | None]


def found_in(files: Mapping[str, Target], articles: Mapping[int, Target]) -> Resolve:
    """Find files by their keys, and articles by their numbers."""

    def resolve(address: str) -> Target | None:
        if file := FILE.match(address):
            return files.get(file[1])
        linked = ARTICLE.match(address)
        return articles.get(int(linked[1])) if linked else None

    return resolve


def rendered(text: str, resolve: Resolve = lambda _address: None) -> Rendered:
    """Render a text; `resolve` says where "file:..." and "article:..." are, None for nowhere."""
    tokens = _parser().parse(text)
    headings = _anchored(tokens)
    html = _Markup(resolve).render(tokens, _parser().options, {})
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    return Rendered(html=clean, headings=headings)


def words_of(text: str) -> str:
    """Give the words of a text without markup, a block a line: for search and excerpts."""
    parts = []
    for token in _parser().parse(text):
        if token.type == "inline":
            parts.append(_said(token))
        elif token.type in {"fence", "code_block"}:
            parts.append(token.content.strip())
    return "\n".join(part for part in parts if part)


def files_of(text: str) -> frozenset[str]:
    """Give the keys of the files that a text shows or links."""
    return frozenset(re.findall(r"\(file:([A-Za-z0-9_-]{16,43})[\s)]", text))


def articles_of(text: str) -> frozenset[int]:
    """Give the numbers of the articles that a text links."""
    return frozenset(int(number) for number in re.findall(r"\(article:(\d{1,18})[\s)]", text))


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.validateLink = _may_link  # type: ignore[method-assign]  # the library's way to decide
    return parser


def _may_link(url: str) -> bool:
    return bool(OUTSIDE.match(url) or FILE.match(url) or ARTICLE.match(url) or url[:1] in "/#")


def _said(token: Token) -> str:
    pieces = []
    for child in token.children or ():
        if child.type in {"text", "code_inline"}:
            pieces.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            pieces.append(" ")
        elif child.type == "image":
            pieces.append(child.content)
    return "".join(pieces).strip()


def _anchored(tokens: Sequence[Token]) -> tuple[Heading, ...]:
    """Move headings below the title of the page, and give each its own anchor."""
    found: list[Heading] = []
    used: dict[str, int] = {}
    for token, inside in pairwise(tokens):
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(max(int(token.tag[1]), 2), 4)}"
        if token.type == "heading_open":
            words = _said(inside)
            slug = slug_of(words)
            used[slug] = used.get(slug, 0) + 1
            anchor = slug if used[slug] == 1 else f"{slug}-{used[slug]}"
            token.attrSet("id", anchor)
            found.append(Heading(level=int(token.tag[1]), anchor=anchor, words=words))
    if tokens and tokens[-1].type == "heading_close":
        tokens[-1].tag = f"h{min(max(int(tokens[-1].tag[1]), 2), 4)}"
    return tuple(found)


class _Markup(RendererHTML):
    """The library's markup, but for files, links and tables."""

    def __init__(self, resolve: Resolve) -> None:
        super().__init__()
        self._resolve = resolve

    def image(self, tokens: Sequence[Token], idx: int, _options: OptionsDict, _env: EnvType) -> str:
        """Show a picture or a video of ours; of another site only a link."""
        token = tokens[idx]
        source, words = str(token.attrGet("src") or ""), escape(token.content)
        target = self._resolve(source) if FILE.match(source) else None
        match target:
            case Target(kind="picture"):
                size = f' width="{target.width}" height="{target.height}"' if target.width else ""
                return f'<img src="{escape(target.url)}" alt="{words}" loading="lazy"{size}>'
            case Target(kind="video"):
                named = f' aria-label="{words}"' if words else ""
                return (
                    f'<video src="{escape(target.url)}" controls preload="metadata"{named}></video>'
                )
            case Target():
                return f'<a href="{escape(target.url)}" download>{words or "file"}</a>'
        if OUTSIDE.match(source):
            return (
                f'<a href="{escape(source)}" rel="noopener nofollow">{words or escape(source)}</a>'
            )
        return words

    def link_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """Lead to where files and articles are."""
        token = tokens[idx]
        address = str(token.attrGet("href") or "")
        if FILE.match(address) or ARTICLE.match(address):
            target = self._resolve(address)
            if target is None:
                return "<a>"
            token.attrSet("href", target.url)
        elif OUTSIDE.match(address):
            token.attrSet("rel", "noopener nofollow")
        return str(self.renderToken(tokens, idx, options, env))

    def table_open(
        self, _tokens: Sequence[Token], _idx: int, _options: OptionsDict, _env: EnvType
    ) -> str:
        """A wide table scrolls within its own box, also by keys."""
        return '<div class="table" tabindex="0"><table>'

    def table_close(
        self, _tokens: Sequence[Token], _idx: int, _options: OptionsDict, _env: EnvType
    ) -> str:
        """End the box."""
        return "</table></div>"
