"""Marked notes in every form: what is said of each mark, for whom, and the media that show it."""
