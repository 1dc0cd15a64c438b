"""Which browser asks: its family and no more, by which people know their own sessions again."""

from collections.abc import Mapping

FAMILIES: Mapping[str, str] = {
    "Edg/": "Edge",
    "EdgA/": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser/": "Samsung Internet",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "CriOS/": "Chrome",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
"""What stands in a browser's own words, the tellings first that stand beside others'."""
UNKNOWN = "-"


def browser_of(agent: str) -> str:
    """Its family by its `User-Agent`; `-` for one that says nothing known."""
    return next((family for said, family in FAMILIES.items() if said in agent), UNKNOWN)
