"""All that is kept of one person, as they ask to see it: in their language, and as data.

`spoken.py` writes an event in words, `sections.py` what stands where, `making.py` puts it together. It
holds what no paper else says, custody too: it is handed to the person, and to nobody else.
"""
