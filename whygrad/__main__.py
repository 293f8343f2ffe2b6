"""`python -m whygrad` is the command `whygrad`."""

from whygrad.cli import main

main()
