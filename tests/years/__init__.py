"""Ten years of a centre in a minute: whether each review's reminder goes out once, when it should.

Real rules decide, a real ledger records, and its clock is moved from one thing to the next. People
come over the first years, go their way (`people.py`), and have what happens to people happen to them,
drawn by chance as `tests/closer` draws it: visits, pauses, arrests, mistakes mended, things entered
late, a case closed and opened again. Beside them each case has a timer that knows what its workflow
would know (`clockwork.py`), and has go wrong what goes wrong there: a worker killed before, between and
after recording, two at once, an outage of days, Temporal's database lost, clocks that differ, a step
that the workflow is told of late. From time to time all processes start anew, and the Foundation
announces when a feast really is.

`judge.py` hears what is recorded and knows what was planned; it raises at the first reminder that is
lost, that comes twice, early, late, unplanned, in a pause, or after closing. A run is its seed's alone
(`living.py`): what fails is printed with it, and happens again.
"""
