"""Straight code from a step's graph: the same numbers as the interpreter's, many times faster."""
