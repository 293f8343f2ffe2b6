"""The noun that running leaves behind: every value of one step, and the figures of many."""

from whygrad.trace.ending import Ending
from whygrad.trace.history import History, Row, as_csv, from_csv
from whygrad.trace.step import Change, StepTrace

__all__ = ["Change", "Ending", "History", "Row", "StepTrace", "as_csv", "from_csv"]
