"""How a process ends: an error it knows is one line that says what to do, and a status."""

# ruff: noqa: PLC0415 - texts are loaded by who needs them
import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Never

import typer

from domain.errors import JisrError
from service.cli.options import err
from service.running.taken import DataFolderInUseError


def end_with(command: Callable[[], object]) -> Never:
    """Run the command, and end the process with its status."""
    status = _status(command)
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
    except DataFolderInUseError as error:
        err.print(str(error))
    except JisrError as error:
        from service.problems.problem import text_of
        from service.words.language import Language

        known = text_of(error.code, error.params, Language.ENGLISH)[1]
        err.print(str(error) if str(error) != error.code else known)
    except Exception:
        # The edge of the process; where logs are kept they are kept without the message.
        logging.getLogger("jisr").exception("the command failed")
    else:
        return 0
    return 1
