"""Addresses of health and metrics: open to machines, silent about persons."""

from ambidesk.edge.web.operations import health, hooks, metrics
from ambidesk.ground.kernel.routes import Door, resource

routes = [
    resource("health/live", right=Door.MACHINE, name="health-live", GET=health.live),
    resource("health/ready", right=Door.MACHINE, name="health-ready", GET=health.ready),
    resource("metrics", right=Door.MACHINE, name="metrics", GET=metrics.metrics),
    resource(
        "hooks/<slug:kind>/<slug:hook>",
        right=Door.MACHINE,
        name="hooks",
        POST=hooks.take,
    ),
    resource(
        "hooks/<slug:kind>/<slug:hook>/<path:event>",
        right=Door.MACHINE,
        name="hooks-event",
        POST=hooks.take_event,
    ),
    resource("in/<str:incoming>", right=Door.MACHINE, name="incoming", POST=hooks.hear),
]
