"""From a person's Markdown to claims that can be evaluated."""
