"""What people look at: each page and form of the console, and each list of what is to be done."""
