"""Whether a form was sent from a page of ours: what a browser says of it, which no page can forge."""

from urllib.parse import urlsplit

from starlette.requests import Request

NOTHING_SAID = "null"
"""The origin that a browser gives where it keeps the origin to itself."""


def is_from_here(request: Request) -> bool:
    """By `Sec-Fetch-Site`, which holds whatever a proxy makes of the host; else by `Origin`, and
    where that is kept back by `Referer`.

    False where none of them is sent: no browser of the last years does so.
    """
    headers = request.headers
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = headers.get("origin", NOTHING_SAID)
    return _is_ours(headers.get("referer", "") if origin == NOTHING_SAID else origin, request)


def _is_ours(address: str, request: Request) -> bool:
    """Behind a proxy that is not trusted to tell, the scheme is not known: http stands for both."""
    theirs = urlsplit(address)
    schemes = ("https",) if request.url.scheme == "https" else ("http", "https")
    return theirs.scheme in schemes and theirs.netloc.lower() == request.headers.get("host")
