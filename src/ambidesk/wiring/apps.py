"""The composition root as an application: joins what the packages declare, once, at start."""

from django.apps import AppConfig


class WiringConfig(AppConfig):
    """Join everything when all models are known."""

    name = "ambidesk.wiring"
    label = "wiring"

    def ready(self) -> None:
        """Declare rights, reach, conditions, actions and subscriptions."""
        # Models exist only now: these modules cannot be imported with this one.
        from ambidesk.wiring import joining  # noqa: PLC0415

        joining.join()
