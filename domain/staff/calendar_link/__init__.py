"""A secret link to one's own calendar: whoever has it reads days and references, and nothing else.

A calendar program cannot sign in, so the link itself opens the calendar. It is made by whose it is, shown
to them alone, and kept as a digest; making another ends the one before. It ends when they end it, when an
administrator does, and when they leave. What is read by it is what its owner may read on that day.
"""
