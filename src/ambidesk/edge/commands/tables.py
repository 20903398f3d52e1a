"""Migrations: one process at a time, without the limits of ordinary sessions."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ModelState, ProjectState, StateApps
from django.db.models import BaseConstraint, Index

# Several nodes may start at once.
LOCK = 7_321_001


def migrate() -> None:
    """Apply what is missing; wait while another process does."""
    with connection.cursor() as cursor:
        for limit in ("statement_timeout", "idle_in_transaction_session_timeout"):
            cursor.execute(f"SET {limit} = 0")
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            _apply()
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _apply() -> None:
    """
    Apply it as the command `migrate` does, without its signals.

    Those fill tables of content types and permissions, by which the desk decides nothing.
    """
    executor = MigrationExecutor(connection)
    executor.loader.check_consistent_history(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return
    is_new = not executor.loader.applied_migrations
    state = _Growing(real_apps=executor.loader.unmigrated_apps) if is_new else None
    executor.migrate(executor.loader.graph.leaf_nodes(), plan=plan, state=state)


class _Growing(ProjectState):
    """
    The models of a new database while its tables are made, each rendered once.

    Django renders whatever has to do with a model again with each change of it, which is three
    quarters of the time that all tables of an empty database take (its ticket #29898); here
    nobody has seen the model before it is added, and an index or a constraint changes no column.
    """

    def add_model(self, model_state: ModelState) -> None:
        """Add a model that nothing points to yet."""
        with self._as_rendered() as rendered:
            super().add_model(model_state)
        if rendered is not None:
            rendered.render_multiple([model_state])

    def add_index(self, app_label: str, model_name: str, index: Index) -> None:
        """Add an index to a model."""
        with self._as_rendered() as rendered:
            super().add_index(app_label, model_name, index)
        if rendered is not None:
            options = rendered.all_models[app_label][model_name]._meta  # noqa: SLF001
            options.indexes = [*options.indexes, index]

    def add_constraint(self, app_label: str, model_name: str, constraint: BaseConstraint) -> None:
        """Add a constraint to a model."""
        with self._as_rendered() as rendered:
            super().add_constraint(app_label, model_name, constraint)
        if rendered is not None:
            options = rendered.all_models[app_label][model_name]._meta  # noqa: SLF001
            options.constraints = [*options.constraints, constraint]

    @contextmanager
    def _as_rendered(self) -> Iterator[StateApps | None]:
        """Change the state; what is rendered stays as it is."""
        rendered: StateApps | None = vars(self).pop("apps", None)
        yield rendered
        if rendered is not None:
            self.apps = rendered
