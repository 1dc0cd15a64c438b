"""What a form offers to choose from."""
