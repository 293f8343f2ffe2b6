"""Checks hand-worked notes: so far their reading, from a person's Markdown to claims that can be evaluated."""
