"""How a process ends: an error it knows is one line that says what to do, and a status."""

# ruff: noqa: PLC0415 - texts are loaded by who needs them
import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Never

import typer

from domain.errors import JisrError, Unavailable
from service.cli.options import err
from service.running.faults import STORED_NOWHERE, in_words

if TYPE_CHECKING:
    from pydantic import ValidationError


def end_with(command: Callable[[], object]) -> Never:
    """Run the command, and end the process with its status."""
    try:
        status = _status(command)
    except KeyboardInterrupt:
        status = 130
    # Temporal's client has threads of its own, and aborts when the interpreter is taken down
    # under one of them. All files are closed by now, so the interpreter need not be.
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # whoever read it may be gone
            stream.flush()
    os._exit(status)


def _status(command: Callable[[], object]) -> int:
    try:
        command()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except typer.Exit as end:
        return end.exit_code
    except BrokenPipeError:  # whoever read what it says has read enough
        return 1
    except OSError as error:
        _say(in_words(error))
    except JisrError as error:
        _say(_told(error))
    except _unfit_form() as error:
        _say(_of_fields(error))
    except Exception:
        # The edge of the process; where logs are kept they are kept without the message.
        logging.getLogger("jisr").exception("the command failed")
    else:
        return 0
    return 1


def _unfit_form() -> type["ValidationError"]:
    """Asked for only when something went wrong: it takes time to load."""
    from pydantic import ValidationError

    return ValidationError


def _of_fields(error: "ValidationError") -> str:
    """Which fields of a form must change, and how; never what was typed."""
    from service.problems.faults import faults_in, text_of_fault
    from service.words.language import Language

    told = (
        f"{each.field.lstrip('/')}: {text_of_fault(each, Language.ENGLISH)}"
        for each in faults_in(error).named
    )
    return "; ".join(told)


def _told(error: JisrError) -> str:
    """The error's own words if it has any; else those of its code."""
    from service.problems.problem import text_of
    from service.words.language import Language

    if isinstance(error, Unavailable) and (because := _because(error)):
        return because
    known = text_of(error.code, error.params, Language.ENGLISH)[1]
    return str(error) if str(error) != error.code else known


def _because(error: Unavailable) -> str | None:
    """What the operating system or the database said, which an operator can put right."""
    part = error.params.get("database")
    if (why := STORED_NOWHERE.get(str(error.params.get("because")))) is not None:
        return f"nothing can be written to the {part}: {why}"
    cause: BaseException | None = error
    while (cause := cause.__cause__ if cause else None) is not None:
        if isinstance(cause, OSError):
            return f"{part or 'file'}: {in_words(cause)}"
        if part and str(cause):
            return f"the database of the {part} does not answer: {cause}"
    return None


def _say(text: str) -> None:
    with suppress(OSError):
        err.print(text, markup=False)
