"""A PDF as an answer: shown and not kept, under a name that says nothing of anybody."""

from starlette.responses import Response

POLICY = {
    "Content-Security-Policy": (
        "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    )
}
"""As every answer's, but that a browser may show the file in its own viewer."""


class Pdf(Response):
    media_type = "application/pdf"

    @classmethod
    def of(cls, content: bytes, name: str) -> "Pdf":
        """`name`: the kind of paper."""
        shown = f'inline; filename="{name}.pdf"'
        headers = {"Content-Disposition": shown, "Cache-Control": "no-store"} | POLICY
        return cls(content, headers=headers)
