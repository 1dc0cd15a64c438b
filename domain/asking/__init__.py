"""Two people: one asks for a step, another confirms or refuses it, and nothing changes before.

A step that takes two is written as if one took it: a row with its rule. `two_people` makes of such
rows of one kind of stream: the step that asks, which is judged and then only remembered, and the
kind's one pair of steps to confirm and to refuse. What is confirmed is judged anew, on the day and
the state of that moment. What nobody answers within the days of the rules lapses: it is refused as
such, and may be asked anew.

To put steps of another kind of stream on it, such as a session's:

1. `events.py`: for each step that takes two a `Requested` with the step's fields (`LossRequested`),
   and for the kind a `RequestConfirmed` and a `RequestRefused`;
2. `steps.py`: the kind's `ConfirmRequest` and `RefuseRequest`; a refusal says why;
3. `state.py`: a field `requests: Requests`, and `remember(fold, asked, answered)`;
4. `path.py`: `*two_people(Asking(row(TheStep, …), e.TheStepRequested), …)` among the rows. Where
   the steps of a kind stand in several parts, as a case's and its tracks' do, `asks(…)` in each
   part's own place, and `answers(…)` once, of all of them. `takes_two` of an `Asking` says when a
   step takes two, if not always;
5. `projections/views/requests.py`: the kind among those whose requests are listed.

Read `waiting.py`, then `rows.py`.
"""
