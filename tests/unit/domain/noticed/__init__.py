"""Who is told that a review fell due, and what they said to it."""
