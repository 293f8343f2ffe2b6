"""A tiny network number by number: one variable for each, as Python or as machine code."""
