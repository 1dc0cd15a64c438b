"""What the commands share: their options, the settings, where they write."""

from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich.console import Console

from service.settings import Settings

out, err = Console(soft_wrap=True, highlight=False), Console(stderr=True, soft_wrap=True)

Data = Annotated[
    Path | None, typer.Option("--data", help="The data folder (or JISR_DATA).", show_default=False)
]
Host = Annotated[str | None, typer.Option(help="Where to listen (or JISR_HOST).")]
Leave = Annotated[bool, typer.Option("--exit", help="End after the report.")]
Mermaid = Annotated[bool, typer.Option("--mermaid", help="As a Mermaid diagram.")]
Markdown = Annotated[bool, typer.Option("--markdown", help="As the page of the docs.")]
As = Annotated[str, typer.Option("--as", help="The label of the administrator who decides it.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what it would do, and do nothing.")]
Port = Annotated[int | None, typer.Option(help="The port; 0 takes any (or JISR_PORT).")]

TemporalUi = Annotated[
    int | None, typer.Option(help="Open Temporal's web pages there, on loopback.")
]


def settings_of(**given: Any) -> Settings:
    """The settings, with what was given on the command line; a bad one ends the command."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        for found in error.errors(include_url=False, include_input=False):
            where = ".".join(str(part) for part in found["loc"]) or "settings"
            err.print(f"{where}: {found['msg']}")
        raise typer.Exit(2) from None
