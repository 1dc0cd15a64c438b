"""The rules, by what they are about: numbers, commits, guards, reading, memory, answers."""
