"""What the user asked for: network, loss, optimizer, data and training, as frozen records."""

from __future__ import annotations

from whygrad.spec.data import Augment, Cell, Data, MissingRule, Scale, Task, Toy, ToyName
from whygrad.spec.experiment import Experiment
from whygrad.spec.fit import check_fit
from whygrad.spec.initialiser import (
    ConstantValue,
    Distribution,
    Glorot,
    He,
    Initialiser,
    Normal,
    Orthogonal,
    PythonRandom,
    Uniform,
    Zeros,
)
from whygrad.spec.layers import DenseLayer, Expanded, ExpandedLayer, ResidualBlock, expand_layers
from whygrad.spec.loss import CLASS_LOSSES, Loss, LossName, Reduction
from whygrad.spec.network import (
    Activation,
    BatchNorm,
    Bias,
    Dense,
    Dropout,
    Layer,
    LayerNorm,
    Network,
    Residual,
    Weight,
    Wiring,
)
from whygrad.spec.optimizer import AdaGrad, Adam, AdamW, Momentum, Nesterov, Optimizer, RmsProp, Sgd
from whygrad.spec.read import check_experiment, located_in, parse_experiment, read_experiment
from whygrad.spec.schedule import Constant, Cosine, OneCycle, Schedule, StepDecay, WarmUp
from whygrad.spec.schema import experiment_schema
from whygrad.spec.training import BatchSize, Clip, EarlyStopping, Order, Split, Training
from whygrad.spec.write import brief_experiment, write_experiment

__all__ = [
    "CLASS_LOSSES",
    "Activation",
    "AdaGrad",
    "Adam",
    "AdamW",
    "Augment",
    "BatchNorm",
    "BatchSize",
    "Bias",
    "Cell",
    "Clip",
    "Constant",
    "ConstantValue",
    "Cosine",
    "Data",
    "Dense",
    "DenseLayer",
    "Distribution",
    "Dropout",
    "EarlyStopping",
    "Expanded",
    "ExpandedLayer",
    "Experiment",
    "Glorot",
    "He",
    "Initialiser",
    "Layer",
    "LayerNorm",
    "Loss",
    "LossName",
    "MissingRule",
    "Momentum",
    "Nesterov",
    "Network",
    "Normal",
    "OneCycle",
    "Optimizer",
    "Order",
    "Orthogonal",
    "PythonRandom",
    "Reduction",
    "Residual",
    "ResidualBlock",
    "RmsProp",
    "Scale",
    "Schedule",
    "Sgd",
    "Split",
    "StepDecay",
    "Task",
    "Toy",
    "ToyName",
    "Training",
    "Uniform",
    "WarmUp",
    "Weight",
    "Wiring",
    "Zeros",
    "brief_experiment",
    "check_experiment",
    "check_fit",
    "expand_layers",
    "experiment_schema",
    "located_in",
    "parse_experiment",
    "read_experiment",
    "write_experiment",
]
