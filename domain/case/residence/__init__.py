"""Where the person lives, from a day on: the province follows from it, and the past stays as it was.

A territory is asked at the submission, of the address on that day; what was counted by a province
stays counted there. Where another centre serves the new one, whoever records the move is told, and
may refer the case.
"""
