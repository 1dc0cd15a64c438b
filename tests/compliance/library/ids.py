"""What both databases' suites share."""

from unittest import TestCase
from uuid import uuid4


class TextIds(TestCase):
    """Streams are named by texts."""

    def new_originator_id(self) -> str:
        return str(uuid4())
