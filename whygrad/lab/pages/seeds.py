"""Seeds: the same experiment from many starts, and how many of them solve it."""

from __future__ import annotations

from whygrad.lab.pages.page import Page

PAGE = Page("seeds", "Seeds", lambda _: True)
