"""Work that cannot be put down for a moment: marking notes. It is done in a process of its own, which can be ended."""
