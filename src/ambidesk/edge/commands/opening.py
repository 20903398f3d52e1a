"""
Opening the desk for one command: its environment is set, Django is awake, then one call by name.

By name, for what is called imports models, which can only be read once Django is awake.
"""

import os
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import django
from django.db import OperationalError

from ambidesk.edge.commands.place.config import read
from ambidesk.edge.commands.place.data import data_directory
from ambidesk.edge.commands.place.environment import database_url_of, environment
from ambidesk.edge.commands.starting.database import require_database
from ambidesk.edge.commands.trouble import Trouble


def open_desk(data: str | None) -> Path:
    """
    Set the environment of the desk and wake Django.

    Raises:
        Trouble: its configuration is wrong or its database cannot be reached.
    """
    place = data_directory(data)
    config = read(place)
    url = database_url_of(place, config)
    require_database(url)
    os.environ.update(environment(place, config, database_url=url))
    django.setup()
    return place


def called(name: str) -> Callable[..., Any]:
    """
    Find the callable `module:name` of an open desk.

    Raises:
        Trouble: the database went away while it was read.
    """
    module, attribute = name.split(":")
    try:
        found: Callable[..., Any] = getattr(import_module(module), attribute)
    except OperationalError as gone:
        raise Trouble(str(gone).strip()) from gone
    return found
