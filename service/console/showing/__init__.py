"""What pages show, made of what the application answers and put into a reader's words.

`gaps.py` (why there is nothing to show), `reviews.py`, `list_rows.py` (the caseload's lines),
`story.py` (what happened in a case), `money.py` (what a project came to).
"""
