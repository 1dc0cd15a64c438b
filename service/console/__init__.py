"""The console: pages for a person to look and to act, over the same application layer as the API.

Server-rendered, in Arabic, French and English, with nothing loaded from elsewhere and no script.
What somebody searches for goes in a form's body, never into an address. Read `visit.py` (who
asks, and in which language), `doors.py` (what stands before every page), `failures.py` (the page
for what went wrong, wherever a browser asked), then `pages/`, with `showing/` (an answer in a reader's
words). Of forms: `forms/` (questions out of a step's fields), `choices/` (what may be chosen),
`hand_made/` (those that questions alone do not carry). The words are in `service/words/`, who is
signed in is kept by `service/identity/sign_ins/`.
"""
