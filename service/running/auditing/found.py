"""What a reconciliation came to."""

from dataclasses import dataclass, field
from datetime import datetime

from projections.comparing import Covered, RowDiffers
from workflows.reconciling import WorkflowDiffers


@dataclass(slots=True)
class Reconciled:
    """What came of it, or has come of it so far."""

    began: datetime
    cases: int = 0
    runs: int = 0
    """Cases whose workflows were looked at."""
    covered: Covered | None = None
    """How far the views were compared; None where they could not be."""
    workflows: list[WorkflowDiffers] = field(default_factory=list)
    rows: list[RowDiffers] = field(default_factory=list)
    not_looked_at: list[str] = field(default_factory=list)
    """What could not be compared, in words."""
    last: str = ""
    """The workflows of all cases up to this one were looked at, by their ids."""

    @property
    def agree(self) -> bool:
        """Whether nothing differs, of what was looked at."""
        return not self.workflows and not self.rows and not self._views_are_of_another

    @property
    def is_whole(self) -> bool:
        return not self.not_looked_at

    @property
    def differ(self) -> int:
        return len(self.workflows) + len(self.rows)

    @property
    def _views_are_of_another(self) -> bool:
        return self.covered is not None and not self.covered.same_event
