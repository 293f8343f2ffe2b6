"""A page with every kind of block, hostile names included."""

from __future__ import annotations

import numpy as np

from whygrad.document import (
    Called,
    Code,
    Derivative,
    Document,
    Equation,
    Equations,
    Facts,
    Fold,
    Formula,
    Paragraph,
    Picture,
    Quantity,
    Section,
    Table,
)
from whygrad.graph import Expr, Input, Names
from whygrad.primitive import divide
from whygrad.render.boundary import Panel, boundary_figure
from whygrad.render.loss import loss_figure
from whygrad.render.network import Drawing, EdgeDrawing, LayerDrawing, network_svg
from whygrad.render.page import page
from whygrad.render.plane import plane_around
from whygrad.render.svg import as_svg
from whygrad.trace import History

HOSTILE = '</style><script>alert("x")</script> & <b>$m$</b>'
LOSSES = (4.69721, 0.595612, 0.0763, 1.5e-30, None, float("nan"))
TABLE = Table(f"Losses of {HOSTILE}", ("epoch", "loss", HOSTILE), tuple((n, v, HOSTILE) for n, v in enumerate(LOSSES)))


def equations() -> Equations:
    """Equations with hostile names, wider than a phone, and a fraction in brackets."""
    x, strange = Input((), "x"), Input((), HOSTILE)
    net = sum((Input((), f"w{k}") * x for k in range(9)), start=strange * (x + divide(1.0, strange)))
    numbers: dict[Expr, Quantity] = {x: Quantity(-0.5, HOSTILE), strange: Quantity(-1 / 3)}
    sides = (
        Derivative("E", "w5"),
        Formula(net, Names()),
        Formula(net, Names(), numbers),
        Quantity(2e-9, "hidden.net[0]"),
    )
    return Equations((Equation(sides, ("=", "=", "≈"), HOSTILE), Equation((Called(HOSTILE), Quantity(0.25)), ("=",))))


EQUATIONS = equations()


def network() -> str:
    """A drawing that is wider than a phone."""
    layers = tuple(LayerDrawing(f"layer {n}", ("u1", "u2")) for n in range(6))
    places = [(n, s, t) for n in range(5) for s in (0, 1) for t in (0, 1)]
    return network_svg(
        Drawing(layers, tuple(EdgeDrawing(*place, f"w{k}", 0.5 - k / 9) for k, place in enumerate(places)))
    )


def planes() -> str:
    """Three planes side by side."""
    points = np.array([[0.0, 0.0], [1.0, 1.0]])
    xs, ys = plane_around(points, places=15)
    panels = [Panel(f"epoch {n}", xs, ys, n * np.outer(ys, xs), points, np.array([0, 1])) for n in (0, 1, 2)]
    return as_svg(boundary_figure(panels, classes=("no", HOSTILE)))


def sample() -> str:
    """The page."""
    return page(document())


def document() -> Document:
    """Every kind of block."""
    losses = as_svg(loss_figure(History(tuple({"epoch": n, "loss": 1 / (n + 1)} for n in range(9)))))
    wide = Table("A wide table", tuple(f"a long heading {n}" for n in range(12)), (tuple(n / 7 for n in range(12)),))
    learned = (Facts((("rows", 344), ("accuracy", "97.1%"), (HOSTILE, 0.25))), Paragraph(HOSTILE), TABLE, EQUATIONS)
    pictures = (
        Picture(network(), HOSTILE),
        Picture(losses, "Loss"),
        Picture(losses, "The same again"),
        Picture(planes(), "Planes"),
    )
    code = Code(f"layers = '{'x' * 200}'\n\n  {HOSTILE}", "The file")
    sections = (
        Section("What was learned", learned),
        Section(HOSTILE, pictures),
        Section("Settings", (Fold("More", (code, wide)),)),
    )
    return Document(HOSTILE, HOSTILE, sections)
