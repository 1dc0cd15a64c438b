"""When the end of the track's training is to be recorded: as of every training, and nothing else.

Whoever is certified is met as the case's own regular contacts have it.
"""

from domain.tracks.training.schedule import end_of as end_of  # noqa: PLC0414 (so that it can be imported from here)
