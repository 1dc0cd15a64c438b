"""The headers that keep an answer from being kept, framed, sniffed or followed; on every one.

What an answer says itself stands: pages have a policy of their own. Nothing is stored on the way,
because nearly every answer holds a key or a person, or is asked for with one.
"""

from collections.abc import Iterable

Header = tuple[bytes, bytes]

ALWAYS: tuple[Header, ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
UNLESS_SAID: tuple[Header, ...] = (
    (b"cache-control", b"no-store"),
    (
        b"content-security-policy",
        b"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
)
ONLY_BY_TLS: Header = (b"strict-transport-security", b"max-age=31536000")
"""A year. Without TLS it means nothing, and browsers pass over it."""


def safeguarded(headers: Iterable[Header], *, tls: bool) -> list[Header]:
    """An answer's headers, with those that every answer has."""
    own = [*headers]
    set_ = {name.lower() for name, _ in own}
    kept = [each for each in own if each[0].lower() not in _FIXED]
    kept += ALWAYS
    kept += (each for each in UNLESS_SAID if each[0] not in set_)
    if tls:
        kept.append(ONLY_BY_TLS)
    return kept


_FIXED = frozenset(name for name, _ in ALWAYS)
