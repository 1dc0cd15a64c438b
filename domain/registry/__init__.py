"""The registry: centres with the provinces each serves, and all else that steps name by a code."""
