"""Logs: one JSON object a line, on stderr, with nothing of a person in it.

Messages of exceptions quote what they stumbled over, so they are never written: their type
and frames are. Addresses are logged without their query, requests without their body.
"""

import logging
import sys
import traceback
from typing import Any

import structlog

QUIET = ("httpx", "httpcore", "asyncio", "temporalio")
"""Loggers of libraries that are heard from WARNING on."""


def _without_message(_: Any, __: str, entry: structlog.typing.EventDict) -> Any:
    """Exceptions as type and frames."""
    info = entry.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    if isinstance(info, BaseException):
        info = (type(info), info, info.__traceback__)
    if isinstance(info, tuple) and info[0] is not None:
        entry["error"] = info[0].__qualname__
        entry["frames"] = "".join(traceback.format_tb(info[2]))
    return entry


SHARED: list[Any] = [
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _without_message,
]


def configure_logs(process: str, level: int = logging.INFO) -> None:
    """Send this process's logs to stderr. `process` stands in every line."""

    def named(_: Any, __: str, entry: structlog.typing.EventDict) -> Any:
        entry["process"] = process
        return entry

    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *SHARED, named],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*SHARED, named, structlog.processors.JSONRenderer(ensure_ascii=False)],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
