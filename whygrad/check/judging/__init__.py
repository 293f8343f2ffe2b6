"""What a number is, should be, and what could have led to it."""
