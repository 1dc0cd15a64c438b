"""What every wrong store begins with: the right one."""

from typing import Any


class Around:
    """Does what the right store does, but for what a subclass does otherwise."""

    def __init__(self, right: Any) -> None:
        self.right = right

    def __getattr__(self, name: str) -> Any:
        return getattr(self.right, name)
