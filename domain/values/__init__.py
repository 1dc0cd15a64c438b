"""What the programme counts and names in: money, days, places, trades, bands of people."""
