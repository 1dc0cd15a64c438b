"""What an operator runs: read `up.py` and `supervise.py`, `doctor.py`, then the rest by its name."""
