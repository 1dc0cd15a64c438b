"""The whole system, broken on purpose while people work with it.

Real processes, HTTP and Temporal, on both databases. Read in this order: `house` (an
installation and its people), `parts` (its processes, to be killed), `crowd` (people who
repeat every step until it is acknowledged), `agreement` (what must hold afterwards).
"""
