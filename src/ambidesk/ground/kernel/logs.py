"""
Logs: one JSON object a line, with the request's id, and without what is personal.

Addresses are masked and what a database says of a row is left out: logs outlive erasures.
"""

import logging
import os
import re
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

ADDRESS = re.compile(r"[^\s<>\"@,;:()]+@[^\s<>\"@,;:()]+")
DETAIL = re.compile(r"\n?(DETAIL|CONTEXT|STATEMENT):.*", re.DOTALL)
# These links let somebody in: their paths are told by nobody.
SECRET_PATH = re.compile(r"/(access|welcome)/[^/\s]+")
FRAMES = 12
Event = MutableMapping[str, Any]


def configure(options: Mapping[str, Any]) -> None:
    """Send every line of this process, ours and that of libraries, to stderr as JSON."""
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _tell_exception,
        _mask,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
            foreign_pre_chain=shared,
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [each for each in root.handlers if not _is_ours(each)] + [handler]
    root.setLevel(options.get("level", logging.INFO))
    for name, level in options.get("levels", {}).items():
        logging.getLogger(name).setLevel(level)


def _is_ours(handler: logging.Handler) -> bool:
    return isinstance(handler.formatter, structlog.stdlib.ProcessorFormatter)


def _tell_exception(_logger: object, _method: str, event: Event) -> Event:
    """Tell a fault by its kind, its sentence and where it went through."""
    given = event.pop("exc_info", None)
    fault = sys.exc_info()[1] if given is True else given
    fault = fault[1] if isinstance(fault, tuple) else fault
    if isinstance(fault, BaseException):
        frames = traceback.extract_tb(fault.__traceback__)[-FRAMES:]
        event["fault"] = type(fault).__name__
        event["said"] = DETAIL.sub("", str(fault))[:500]
        event["through"] = [
            f"{os.path.relpath(each.filename)}:{each.lineno} {each.name}" for each in frames
        ]
    return event


def _mask(_logger: object, _method: str, event: Event) -> Event:
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = masked(value)
    return event


def masked(text: str) -> str:
    """Take addresses, details of rows and secret links out of a text."""
    text = SECRET_PATH.sub(r"/\1/…", DETAIL.sub("", text))
    return ADDRESS.sub("…@…", text)
