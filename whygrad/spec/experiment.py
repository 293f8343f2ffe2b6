"""The whole of what a person asks for."""

from __future__ import annotations

from whygrad.spec.data import Data
from whygrad.spec.network import Network
from whygrad.spec.record import Record
from whygrad.spec.training import Training

__all__ = ["Experiment"]


class Experiment(Record, frozen=True, kw_only=True):
    """One file, one experiment: what to learn from, with which network, and how.

    - title: one line for people
    - data: where the rows come from
    - network: the layers from inputs to outputs
    - training: how the network learns
    """

    data: Data
    network: Network
    training: Training
    title: str = ""
