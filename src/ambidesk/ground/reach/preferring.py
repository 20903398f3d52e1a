"""Preferring: what a user is called, and how they like to read the screens."""

from ambidesk.ground.reach.models import User


def prefer(user: User, *, name: str, language: str, theme: str) -> None:
    """Remember name, language and theme of a user."""
    User.objects.filter(pk=user.pk).update(name=name.strip()[:150], language=language, theme=theme)
