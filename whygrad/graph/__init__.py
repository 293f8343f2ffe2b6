"""The noun everything is made of: expressions, primitives, gradients and the training step; no numbers."""

from whygrad.graph.expr import Apply, Constant, Expr, Input, Shape, State, constant, filled, zeros
from whygrad.graph.gradient import adjoints, gradient
from whygrad.graph.lower import lowered
from whygrad.graph.names import Name, Names
from whygrad.graph.primitive import Basic, Composite, Domain, Kind, Notation, Phrase, Primitive
from whygrad.graph.step import GATE, RATE, UPDATES, Forward, Step
from whygrad.graph.traverse import depending_on, rebuild, topological

__all__ = [
    "GATE",
    "RATE",
    "UPDATES",
    "Apply",
    "Basic",
    "Composite",
    "Constant",
    "Domain",
    "Expr",
    "Forward",
    "Input",
    "Kind",
    "Name",
    "Names",
    "Notation",
    "Phrase",
    "Primitive",
    "Shape",
    "State",
    "Step",
    "adjoints",
    "constant",
    "depending_on",
    "filled",
    "gradient",
    "lowered",
    "rebuild",
    "topological",
    "zeros",
]
