"""The verb that answers why: a step's graph and trace become a document a person can check line by line."""

from whygrad.explain.chart import Chart, Element, chart_of
from whygrad.explain.links import Link, Links
from whygrad.explain.quantity import explained
from whygrad.explain.worked import worked_solution

__all__ = ["Chart", "Element", "Link", "Links", "chart_of", "explained", "worked_solution"]
