"""An installation at work: steps, lists, its start, all workflows coming back, a morning of reminders."""
