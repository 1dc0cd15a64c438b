"""The lives of reminders, on paper."""
