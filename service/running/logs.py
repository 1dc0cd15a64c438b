"""Logs: one JSON object a line, on stderr, with nothing of a person in it.

Messages of exceptions quote what they stumbled over, so they are never written: their type
and frames are. Addresses are logged without their query, requests without their body. A log
that cannot be written, on a disk that is full, stops nobody.
"""

import logging
import sys
import threading
import traceback
from typing import IO, Any, TextIO, cast

import structlog

from service.running.streams import Log, Spoken
from workflows.server.log_lines import LONGEST

QUIET = ("httpx", "httpcore", "asyncio", "temporalio")
"""Loggers of libraries that are heard from WARNING on."""
CUT = 2_048
"""Characters that are left of a text in a line that is too long."""

fault = logging.getLogger("jisr")
_json = structlog.processors.JSONRenderer(ensure_ascii=False)


def log_to(file: IO[bytes], process: str) -> None:
    """From now on this process logs into the file; to be called before `configure_logs`."""
    _speak_into(Log(file), process)


def _speak_into(log: Log, process: str) -> None:
    sys.stdout, sys.stderr = Spoken(log, process, "info"), Spoken(log, process, "error")


def configure_logs(process: str, level: int = logging.INFO, *, streams: bool = True) -> None:
    """Send this process's logs to stderr. `process` stands in every line.

    What goes wrong where nobody looks, and warnings, are logged too; with `streams`, so is all
    that is written to the standard streams.
    """
    log = sys.stderr.log if isinstance(sys.stderr, Spoken) else Log(sys.stderr.buffer)
    if streams:
        _speak_into(log, process)

    def named(_: Any, __: str, entry: structlog.typing.EventDict) -> Any:
        entry["process"] = process
        return entry

    handler = logging.StreamHandler(log)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *SHARED, named],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _rendered],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*SHARED, named, _rendered],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(cast("TextIO", log)),
        cache_logger_on_first_use=True,
    )
    _listen()


def _listen() -> None:
    """Log what Python would write to stderr by itself."""
    logging.captureWarnings(True)  # noqa: FBT003 - it takes no keyword
    sys.excepthook = lambda *info: fault.critical("the process ends by a fault", exc_info=info)
    sys.unraisablehook = lambda seen: fault.error(
        "a fault that nobody could be told of",
        exc_info=(seen.exc_type, seen.exc_value or seen.exc_type(), seen.exc_traceback),
    )
    threading.excepthook = _thread_ended


def _thread_ended(seen: threading.ExceptHookArgs) -> None:
    value = seen.exc_value or seen.exc_type()
    fault.error("a thread ends by a fault", exc_info=(seen.exc_type, value, seen.exc_traceback))


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


def _rendered(logger: Any, name: str, entry: structlog.typing.EventDict) -> str:
    """The line, cut where it would be too long."""
    line = str(_json(logger, name, entry))
    if len(line) <= LONGEST:
        return line
    cut: dict[str, Any] = {key: _cut(value) for key, value in entry.items()}
    return str(_json(logger, name, {**cut, "characters": len(line)}))


def _cut(value: Any) -> Any:
    text = value if isinstance(value, str) else repr(value)
    return value if len(text) <= CUT else text[:CUT]


SHARED: list[Any] = [
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _without_message,
]
