"""What the commands share: their options, the settings, where they write."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from service.paths import whole_path

if TYPE_CHECKING:
    from service.settings import Settings

out, err = Console(soft_wrap=True, highlight=False), Console(stderr=True, soft_wrap=True)


def _folder(given: str) -> Path:
    try:
        return whole_path(given)
    except ValueError as error:
        raise typer.BadParameter(f"{error}.") from None


Data = Annotated[
    Path | None,
    typer.Option(
        "--data",
        parser=_folder,
        metavar="FOLDER",
        help="The data folder (or JISR_DATA).",
        show_default=False,
    ),
]
Host = Annotated[str | None, typer.Option(help="Where to listen (or JISR_HOST).")]
Json = Annotated[bool, typer.Option("--json", help="As one JSON object, for a program.")]
Leave = Annotated[bool, typer.Option("--exit", help="End after the report.")]
Mermaid = Annotated[bool, typer.Option("--mermaid", help="As a Mermaid diagram.")]
Markdown = Annotated[bool, typer.Option("--markdown", help="As the page of the docs.")]
As = Annotated[str, typer.Option("--as", help="The label of the administrator who decides it.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what it would do, and do nothing.")]
Port = Annotated[int | None, typer.Option(help="The port; 0 takes any (or JISR_PORT).")]

TemporalUi = Annotated[
    int | None, typer.Option(help="Open Temporal's web pages there, on loopback.")
]


def settings_of(**given: Any) -> "Settings":
    """The settings, with what was given on the command line; a bad one ends the command.

    What looks like a setting in the environment and is none is named.
    """
    # ruff: noqa: PLC0415 - help and completion need neither
    from pydantic import ValidationError

    from service.running import said
    from service.settings import Settings

    for sentence in said.unknown():
        err.print(sentence, markup=False)
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        for sentence in said.refused(error):
            err.print(sentence, markup=False)
        raise typer.Exit(2) from None
