"""Networks of any size as matrix products and loops over arrays, for machine code."""
