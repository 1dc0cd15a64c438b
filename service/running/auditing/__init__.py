"""What an auditor asks at the machine itself: replayed histories, and whether all parts tell the same."""
