"""Forms made from the models of steps, so that a form asks exactly what its step takes.

`layout.py` (which steps have one, and in which order they ask), `questions.py` (from a model's
fields to questions), `answers.py` (from what was typed to the model, or to complaints), `typed.py`
(days, amounts and numbers as people type them).
"""
