"""The noun that running leaves behind: every value of one step, and the figures of many."""

from whygrad.trace.ending import Ending
from whygrad.trace.history import History, as_csv, from_csv
from whygrad.trace.rows import LazyRows, Row, Rows
from whygrad.trace.step import Change, StepTrace

__all__ = ["Change", "Ending", "History", "LazyRows", "Row", "Rows", "StepTrace", "as_csv", "from_csv"]
