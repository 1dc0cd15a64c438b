"""What anybody may ask: whether the service lives, and what its problems mean."""

from fastapi import FastAPI


def add_public_routes(app: FastAPI) -> None:
    @app.get(
        "/healthz",
        operation_id="get-health",
        tags=["operation"],
        summary="Whether the service runs",
    )
    async def health() -> dict[str, str]:
        return {"status": "running"}
