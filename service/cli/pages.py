"""Commands that print what is made from the code: the path, the API's document, pages."""

# ruff: noqa: PLC0415 - each command loads its own parts: some take half a second
import sys
from typing import Annotated

import typer

from service.cli.options import Markdown, Mermaid, err

app = typer.Typer()


@app.command(hidden=True)
def openapi() -> None:
    """Print the API's OpenAPI document.

    Example: jisr openapi > docs/openapi.json
    """
    import json

    from service.api.app import create_app

    sys.stdout.write(json.dumps(create_app().openapi(), ensure_ascii=False, indent=2) + "\n")


@app.command()
def path(*, mermaid: Mermaid = False, markdown: Markdown = False) -> None:
    """Print the path of a case: its parts and steps, who may take them, what refuses them.

    Example: jisr path --markdown > docs/path.md
    """
    from service.words.path import as_markdown, as_mermaid, as_text

    made = as_markdown if markdown else as_mermaid if mermaid else as_text
    sys.stdout.write(made())


@app.command(hidden=True)
def page(
    name: Annotated[str, typer.Argument(help="`events` or `privacy`.")],
) -> None:
    """Print a page of the documentation that is made from the code.

    Example: jisr page events > docs/events.md
    """
    from service.words.catalogue import events_page, privacy_page

    pages = {"events": events_page, "privacy": privacy_page}
    if name not in pages:
        err.print(f"There is no page {name}: {', '.join(pages)}.")
        raise typer.Exit(2)
    sys.stdout.write(pages[name]())
