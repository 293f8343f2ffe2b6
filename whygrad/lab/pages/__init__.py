"""The pages beside the lab, one file each here and in `static/pages/`; they ask for what they show by tools."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from whygrad.lab.pages import check, seeds

if TYPE_CHECKING:
    from whygrad.lab.pages.page import Page
    from whygrad.pipeline.setting_up import SetUp

PAGES: Final[tuple[Page, ...]] = (seeds.PAGE, check.PAGE)


def pages_for(ready: SetUp) -> list[dict[str, str]]:
    """The pages that have something to show of an experiment, each with its name and title."""
    return [{"name": each.name, "title": each.title} for each in PAGES if each.fits(ready)]
