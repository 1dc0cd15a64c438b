"""The page on how Jisr is built names every folder there is."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = ("domain", "ledger", "workflows", "projections", "service", "tests", "bench")


def test_every_folder_stands_in_the_tree_of_its_room() -> None:
    text = (ROOT / "docs/architecture.md").read_text()
    tree = text.partition("## Folders")[2].partition("```\n")[2].partition("```")[0]
    of_rooms = re.split(rf"^(?:{'|'.join(CODE)})/", tree, flags=re.MULTILINE)[1:]
    rooms = dict(zip(CODE, of_rooms, strict=True))
    for room, said in rooms.items():
        there = {each.name for each in (ROOT / room).iterdir() if _holds_something(each)}
        named = set(re.findall(r"([a-z_]+)/", said))
        assert there <= named, (room, there - named)


def _holds_something(folder: Path) -> bool:
    """Not what is left of one that went away."""
    files = (each for each in folder.rglob("*") if each.is_file())
    return any("__pycache__" not in each.parts and "screens" not in each.parts for each in files)
