"""Django's cache on ephemeral state, shared by all processes; sign-in counts its failures in it."""

from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

from ambidesk.ground.kernel import ephemeral
from ambidesk.ground.kernel.ephemeral.connection import execute

FOREVER = 60 * 60 * 24 * 365.0


class EphemeralCache(BaseCache):
    """A cache of JSON values."""

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """The living value of a key."""
        found = ephemeral.get(self._key(key, version))
        return default if found is None else found["value"]

    def set(
        self,
        key: str,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> None:
        """Keep a value."""
        ephemeral.put(self._key(key, version), {"value": value}, seconds=self._seconds(timeout))

    def add(
        self,
        key: str,
        value: Any,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        """Keep a value unless there is one."""
        name = self._key(key, version)
        return ephemeral.add(name, {"value": value}, seconds=self._seconds(timeout))

    def touch(
        self,
        key: str,
        timeout: float | None = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        """Keep a value for longer."""
        return bool(
            execute(
                "UPDATE ephemeral_value SET expires_at = now() + make_interval(secs => %s)"
                " WHERE key = %s AND expires_at > now() RETURNING 1",
                [self._seconds(timeout), self._key(key, version)],
            )
        )

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget a value."""
        return ephemeral.drop(self._key(key, version))

    def clear(self) -> None:
        """Forget everything of this cache."""
        execute("DELETE FROM ephemeral_value WHERE key LIKE %s", ["cache:%"])

    def _key(self, key: str, version: int | None) -> str:
        return "cache:" + self.make_and_validate_key(key, version=version)

    def _seconds(self, timeout: float | None) -> float:
        chosen = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return FOREVER if chosen is None else max(float(chosen), 0.0)
