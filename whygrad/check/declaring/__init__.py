"""The network that notes themselves declare: what is stated, which shape that has, and what is missing."""
