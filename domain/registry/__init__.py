"""The registry of centres and the provinces each serves, from when to when."""
