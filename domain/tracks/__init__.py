"""The tracks that hang on a case, a folder each. A case knows a track only through `case/track.py`."""
