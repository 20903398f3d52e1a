"""The backend of sign-in: an account is found by its own address and by nothing else."""

from allauth.account.auth_backends import AuthenticationBackend

from ambidesk.ground.reach.granting import user_of
from ambidesk.ground.reach.models import User


class StaffBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """allauth's backend, with the same work for known and unknown addresses."""

    def get_user(self, user_id: int) -> User | None:
        """Fetch who is signed in, with today's rights: each request asks for both."""
        user = user_of(user_id)
        return user if user and self.user_can_authenticate(user) else None

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        # allauth also knows addresses of its own table, which nobody keeps up to date here.
        user = User.objects.filter(email__iexact=email).first()
        found: User | None = self._check_password(user, password)
        return found
