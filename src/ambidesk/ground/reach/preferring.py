"""Preferring: how a user likes to read the screens; no event of anybody's life."""

from ambidesk.ground.reach.models import User


def prefer(user: User, *, language: str, theme: str) -> None:
    """Remember language and theme of a user."""
    User.objects.filter(pk=user.pk).update(language=language, theme=theme)
