"""Checks hand-worked notes: what was written is read, held against the true step and marked line by line."""
