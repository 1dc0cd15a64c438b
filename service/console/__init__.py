"""The console: pages for a person to look, over the same application layer as the API.

Server-rendered, in Arabic, French and English, with nothing loaded from elsewhere. What
somebody searches for goes in a form's body, never into an address. Read `pages/`, then
`session.py`; the words are in `service/words/`.
"""
