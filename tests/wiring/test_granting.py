"""Rights of a new package come to shipped roles by a migration, and go with it."""

from typing import Any

import pytest
from django.apps import apps

from ambidesk.ground.reach.models import Role
from ambidesk.wiring.migrations._granting import grant


@pytest.mark.django_db
def test_a_role_gets_the_new_rights_beside_its_own_and_loses_just_them() -> None:
    before = Role.objects.get(key="administrator").rights
    operation: Any = grant({"administrator": {"moons.see", before[0]}, "nobody": {"moons.see"}})
    operation.code(apps, None)
    assert Role.objects.get(key="administrator").rights == sorted({*before, "moons.see"})
    operator = Role.objects.get(key="operator").rights
    operation.reverse_code(apps, None)
    assert Role.objects.get(key="administrator").rights == sorted({*before} - {before[0]})
    assert Role.objects.get(key="operator").rights == operator
