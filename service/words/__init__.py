"""Every text a person reads, in Arabic, French and English, under one name each.

`store.py` looks it up: the words of a step, an event, a field, a code (an enum's value), a
page, a counted thing, a problem, a field that must change. Each is named once, in all languages:
those of the programme by the room of the domain that has them (`texts/programme/case.json`;
`shared.json` where several do), the others in `texts/page.json` (what several pages say),
`texts/pages/` (a page's own), `texts/counts.json` (in each language's plurals),
`texts/problem.json`, `texts/warning.json` and `texts/fault.json`. `language.py` says which language is spoken,
`writing.py` how days, amounts and names are written in it.
"""
