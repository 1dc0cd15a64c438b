"""A PDF as an answer: shown and not kept, under a name that says nothing of anybody."""

from starlette.responses import Response


class Pdf(Response):
    media_type = "application/pdf"

    @classmethod
    def of(cls, content: bytes, name: str) -> "Pdf":
        """`name`: the kind of paper."""
        shown = f'inline; filename="{name}.pdf"'
        return cls(content, headers={"Content-Disposition": shown, "Cache-Control": "no-store"})
