"""What a page may weigh on its way over a slow line."""

import gzip

import httpx

PAGE_KB = 25
"""As gzip packs it."""
HTML = "text/html"


def require_light(answer: httpx.Response) -> None:
    """For an event hook: every page that is asked for."""
    if answer.headers.get("content-type", "").startswith(HTML):
        weight = len(gzip.compress(answer.read())) / 1024
        assert weight <= PAGE_KB, f"{answer.url.path}: {weight:.1f} KB"
