"""Preferring: what a user is called, and how they like to read the screens."""

from ambidesk.ground.reach.models import User


def prefer(user: User, *, name: str, language: str, theme: str, enter_sends: bool) -> None:
    """Remember name, language, theme of a user, and what Enter does in a chat."""
    User.objects.filter(pk=user.pk).update(
        name=name.strip()[:150], language=language, theme=theme, enter_sends=enter_sends
    )
