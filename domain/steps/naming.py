"""What a step is called in the API, in the envelopes of its events, and in the tables."""

import re

from domain.message import Step


def step_name(step: Step | type[Step]) -> str:
    """`RecordRelease` → `record-release`."""
    cls = step if isinstance(step, type) else type(step)
    return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()
