"""Why somebody is not let in. None says which part was wrong."""


class NotSignedIn(Exception):
    """The name, the password or the code is not right."""


class TooManyTries(Exception):
    """Too many failed lately, or are under way."""

    def __init__(self, seconds: int) -> None:
        """`seconds`: until the next one is possible."""
        self.seconds = seconds
        super().__init__(seconds)


class Unsuitable(Exception):
    """No password, or one that is guessed at once."""

    def __init__(self, why: str) -> None:
        """`why`: by the name of the words that say it."""
        self.why = why
        super().__init__(why)
