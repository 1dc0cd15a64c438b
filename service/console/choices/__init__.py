"""What a form offers to choose from: of all that the asker may see, each with its facts.

`about.py` (what a step is taken on), `asking.py` (one question's candidates), then where they come
from: `house.py`, `registry.py`, `of_case.py`, `of_people.py`, `of_money.py`, `of_orders.py`,
`of_lists.py`, `of_school.py`; and
`candidates.py`, which has them all together.
"""
