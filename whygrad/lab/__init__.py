"""The lab: a network that is driven in the browser."""
