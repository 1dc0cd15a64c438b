"""What is told to whom: one module for each audience. `teller.py` says what such a module gives."""
