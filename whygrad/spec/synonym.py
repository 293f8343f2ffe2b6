"""Other people's words for ours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["synonym"]

SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = {
    "squared-error": ("mse", "sse", "l2", "mean-squared-error", "quadratic"),
    "absolute-error": ("mae", "l1", "mean-absolute-error"),
    "huber": ("smooth-l1",),
    "binary-cross-entropy": ("bce", "log-loss", "logloss", "binary-crossentropy"),
    "cross-entropy": ("ce", "nll", "crossentropy", "categorical-crossentropy", "categorical-cross-entropy"),
    "glorot": ("xavier",),
    "he": ("kaiming",),
    "normal": ("gaussian", "randn"),
    "uniform": ("random", "rand"),
    "linear": ("identity", "none"),
    "silu": ("swish",),
    "sigmoid": ("logistic",),
    "layer-norm": ("layernorm", "layer-normalisation", "layer-normalization"),
    "batch-norm": ("batchnorm", "batch-normalisation", "batch-normalization"),
    "dense": ("fully-connected", "fc"),
    "nesterov": ("nag",),
    "shuffled": ("random", "shuffle"),
    "in order": ("sequential", "ordered", "fixed"),
    "standard": ("zscore", "z-score", "standardise", "standardize", "normalise", "normalize"),
    "min-max": ("minmax", "range"),
    "drop": ("skip", "ignore", "remove", "omit"),
    "most-frequent": ("mode", "commonest"),
    "per row": ("online", "stochastic", "single"),
    "all": ("full", "full batch", "whole"),
    "float32": ("single", "float"),
    "float64": ("double",),
}


def synonym(word: str, choices: tuple[str, ...]) -> str:
    """Our word for what others call so, if it is among the choices; empty when it is not known."""
    plain = word.lower().replace("_", "-")
    return next((ours for ours in choices if plain in SYNONYMS.get(ours, ())), "")
