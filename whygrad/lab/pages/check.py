"""Check: worked notes, typed or pasted, marked line by line while one types."""

from __future__ import annotations

from whygrad.lab.pages.page import Page

PAGE = Page("check", "Check", lambda _: True)
