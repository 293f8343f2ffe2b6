"""The verb that answers why: a step's graph and trace become a document that derives its numbers."""

from whygrad.explain.chart import Chart, Element, Sort
from whygrad.explain.hand import ByHand
from whygrad.explain.links import Links
from whygrad.explain.lookup import element_called
from whygrad.explain.quantity import explained
from whygrad.explain.runner import Runner, Way
from whygrad.explain.standing import Standing, standing
from whygrad.explain.wanted import Wanted
from whygrad.explain.worked import worked_solution

__all__ = [
    "ByHand",
    "Chart",
    "Element",
    "Links",
    "Runner",
    "Sort",
    "Standing",
    "Wanted",
    "Way",
    "element_called",
    "explained",
    "standing",
    "worked_solution",
]
