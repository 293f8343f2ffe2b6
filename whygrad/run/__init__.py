"""The verb that gives numbers to a graph: the reference interpreter, and the loop over epochs."""

from whygrad.run.interpreter import Program, evaluate, prepare

__all__ = ["Program", "evaluate", "prepare"]
