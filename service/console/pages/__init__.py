"""The pages of the console, by what somebody comes for: `routes.py` has their addresses."""
