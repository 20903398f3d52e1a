"""Pages as they are given to be found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """
    A text with its title; `body` may be HTML, Markdown or plain.

    `key` and `language` name it on its shelf; `keywords` are words that people use for it.
    """

    key: int
    language: str
    title: str
    body: str = ""
    keywords: str = ""
