"""The verb that gives numbers to a graph: the reference interpreter, and the loop over epochs."""

from whygrad.run.checkpoints import Checkpoints
from whygrad.run.complex_step import complex_step
from whygrad.run.engine import Engine
from whygrad.run.interpreter import Program, evaluate, prepare
from whygrad.run.loop import Best, Job, Position, trace_step
from whygrad.run.metrics import confusion_matrix, metrics, precision_and_recall
from whygrad.run.predictor import Predictor
from whygrad.run.stretch import Epoch, Stretch, epochs, stretches
from whygrad.run.timeline import Timeline

__all__ = [
    "Best",
    "Checkpoints",
    "Engine",
    "Epoch",
    "Job",
    "Position",
    "Predictor",
    "Program",
    "Stretch",
    "Timeline",
    "complex_step",
    "confusion_matrix",
    "epochs",
    "evaluate",
    "metrics",
    "precision_and_recall",
    "prepare",
    "stretches",
    "trace_step",
]
