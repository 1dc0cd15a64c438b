"""Standing checks: what in a history an auditor would ask about, each as one rule that can be read.

A check refuses nothing, and accuses nobody: what it finds was recorded, mostly rightly, and somebody
looks. A rule is a pure function of the events of one stream that count, in the order in which they
fold; what several streams have to say together is gathered by whoever keeps findings
(`projections/views/grounds.py`).

`looking.py` says what a rule is given and gives; `table.py` lists the rules of each kind of stream;
every other module is one rule.
"""
