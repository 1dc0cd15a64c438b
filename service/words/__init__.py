"""Every text a person reads, in Arabic, French and English.

`texts/path.json` names the parts, steps and events, each in all languages; the rest stands in
`texts/<language>/<subject>.json`.
"""
