"""The same simulated Telegram and bot as its own tests have."""

from tests.support.channels.telegram.conftest import desk, telegram, vera

__all__ = ["desk", "telegram", "vera"]
