"""What stands on papers that are printed: facts, masked by their classes as every answer is.

`sheets.py` says what each paper holds; `people.py` and `goods.py` read it; then a module for each
thing that papers are printed of. How they look is `service.printing`'s.
"""
