"""The arrow: a few typed lines that string the verbs together, and the objects that users hold."""

from whygrad.pipeline.loading import load, load_model
from whygrad.pipeline.model import Model, Predictions
from whygrad.pipeline.run import Run
from whygrad.pipeline.training import by_engine, go_on, train, with_epochs

__all__ = ["Model", "Predictions", "Run", "by_engine", "go_on", "load", "load_model", "train", "with_epochs"]
