"""Who asks: access keys, and the directory of staff that says whose they are."""
