"""What an erasure takes and leaves: said before it (`looking.py`), and certified after it (`certificate.py`)."""
