"""All commands in one, and the process's edge: an error it knows is one line, and a status."""

# ruff: noqa: PLC0415 - each command loads its own parts: some take half a second
import logging
import os
import sys
from contextlib import suppress

import typer

from domain.errors import JisrError
from service.cli import keeping, keys, pages, parts
from service.cli.options import err

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Jisr: reintegration cases, from detention to follow-up.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(parts.app)
app.add_typer(pages.app)
app.add_typer(keys.key_app, name="key")
app.add_typer(keys.keys_app, name="keys")
app.add_typer(keeping.rebuild_app, name="rebuild")
app.add_typer(keeping.database_app, name="database")
app.add_typer(keeping.ledger_app, name="ledger")
app.add_typer(keeping.upgrade_app, name="upgrade")
app.add_typer(keeping.clock_app, name="clock")


def main() -> None:
    """Run the command, and end the process with its status."""
    status = _run()
    # Temporal's client has threads of its own, and aborts when the interpreter is taken down
    # under one of them. All files are closed by now, so the interpreter need not be.
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # whoever read it may be gone
            stream.flush()
    os._exit(status)


def _run() -> int:
    """The exit status; an error it knows is one line that says what to do."""
    from service.running.supervise import DataFolderInUseError

    try:
        app()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
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
    return 1
