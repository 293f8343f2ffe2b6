"""Whole experiments drawn by Hypothesis: small networks of every kind that the mathematics knows, on a few rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from hypothesis import strategies as st

from whygrad import Data, Experiment, Loss, Network, Training, spec

if TYPE_CHECKING:
    from whygrad.spec.data import Cell

LETTERS = "ABCDEF"
CLASSES = ("Adelie", "Chinstrap", "Gentoo")
SMOOTH_OUTPUTS: tuple[spec.Activation, ...] = ("linear", "sigmoid", "tanh", "softplus", "softmax", "relu", "elu")
OF_NUMBERS: tuple[spec.LossName, ...] = ("squared-error", "half-squared-error", "absolute-error", "huber")

# Numbers as people write them, and numbers with all their digits.
plain = st.integers(-200, 200).map(lambda hundredths: hundredths / 100)
long = st.floats(-2.0, 2.0, allow_subnormal=False).map(lambda value: value if abs(value) > 1e-6 else 0.0)
numbers = plain | long
activations: st.SearchStrategy[spec.Activation] = st.sampled_from(get_args(spec.Activation))
reductions = st.sampled_from(get_args(spec.Reduction))
initialisers = st.sampled_from([spec.Uniform(-1.5, 1.5), spec.Normal(0.0, 0.7), spec.Glorot(), spec.Orthogonal()])
bias_initialisers = st.sampled_from([spec.Uniform(-1.0, 1.0), spec.Zeros(), spec.ConstantValue(0.25)])
shares = st.sampled_from([0.0, 0.5, 0.9])
optimizers = st.one_of(
    st.just(spec.Sgd()),
    st.builds(spec.Momentum, momentum=shares),
    st.builds(spec.Nesterov, momentum=shares),
    st.just(spec.AdaGrad()),
    st.builds(spec.RmsProp, decay=shares),
    st.builds(spec.Adam, beta1=shares, beta2=st.sampled_from([0.9, 0.999])),
    st.builds(spec.AdamW, weight_decay=st.sampled_from([0.0, 0.01])),
)
SCHEDULES: tuple[spec.Schedule, ...] = (
    spec.Constant(),
    spec.StepDecay(every_epochs=1, factor=0.5),
    spec.Cosine(),
    spec.OneCycle(),
)
strengths = st.sampled_from([0.0, 0.0, 0.01, 0.25])
clips = st.sampled_from([None, None, spec.Clip(value=0.05), spec.Clip(norm=0.1), spec.Clip(norm=100.0)])


class Weights:
    """Single weights with names, numbered in the order in which they are listed."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.found: dict[str, spec.Weight] = {}

    def listed(self, sources: tuple[str, ...], units: tuple[str, ...]) -> None:
        """Some of the weights that could lead into a layer, at least one into each unit."""
        for unit in units:
            chosen = self.draw(st.sets(st.sampled_from(sources), min_size=1))
            for source in sources:
                if source in chosen:
                    self.add("w", unit, source)

    def add(self, letter: str, to: str | tuple[str, ...], source: str | None = None) -> None:
        """One more, with a first value or to be drawn."""
        name = f"{letter}{sum(each.startswith(letter) for each in self.found) + 1}"
        self.found[name] = spec.Weight(to=to, from_=source, value=self.draw(st.none() | numbers))


@st.composite
def dense(
    draw: st.DrawFn, sources: tuple[str, ...], units: tuple[str, ...], weights: Weights, *, last: spec.Activation | None
) -> spec.Dense:
    """A layer whose units have these names, fully joined or by a list."""
    wiring = draw(st.sampled_from(get_args(spec.Wiring)))
    bias = draw(st.sampled_from(get_args(spec.Bias)))
    if wiring == "listed":
        weights.listed(sources, units)
    if bias == "shared":
        weights.add("b", units)
    return spec.Dense(units=units, activation=last if last is not None else draw(activations), wiring=wiring, bias=bias)


between = st.one_of(
    st.builds(spec.Dropout, rate=st.sampled_from([0.0, 0.25, 0.5])),
    st.builds(spec.LayerNorm, epsilon=st.sampled_from([1e-5, 0.1])),
)
batch_norms = st.builds(spec.BatchNorm, epsilon=st.sampled_from([1e-5, 0.1]), momentum=st.sampled_from([0.1, 1.0]))


@st.composite
def layers_of(
    draw: st.DrawFn, inputs: tuple[str, ...], outputs: int, last: spec.Activation, *, batches: bool
) -> tuple[tuple[spec.Layer, ...], dict[str, spec.Weight]]:
    """Up to four layers and the output; batch normalisation only where `batches` have several rows."""
    weights, found, sources = Weights(draw), list[spec.Layer](), inputs
    for depth in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(("dense", "dense", "between", "residual")))
        if kind == "dense":
            units = tuple(f"{LETTERS[depth]}{k}" for k in range(1, draw(st.integers(1, 3)) + 1))
            found.append(draw(dense(sources, units, weights, last=None)))
            sources = units
        elif kind == "between":
            found.append(draw(between | batch_norms if batches else between))
        else:
            units = tuple(f"{LETTERS[depth]}{k}" for k in range(1, len(sources) + 1))
            inner: tuple[spec.Layer, ...] = (draw(dense(sources, units, weights, last=None)),)
            found.append(spec.Residual(layers=(*inner, draw(between)) if draw(st.booleans()) else inner))
            sources = units
    units = tuple(f"Y{k}" for k in range(1, outputs + 1))
    found.append(draw(dense(sources, units, weights, last=last)))
    return tuple(found), weights.found


@st.composite
def networks(draw: st.DrawFn, inputs: int, outputs: int, last: spec.Activation, *, batches: bool) -> Network:
    """A network with names of its own, or one in the short form with the usual ones."""
    settings: dict[str, Any] = {"initialiser": draw(initialisers), "bias_initialiser": draw(bias_initialisers)}
    if draw(st.booleans()):
        inner = "".join(f"{draw(st.integers(1, 4))} {draw(activations)} -> " for _ in range(draw(st.integers(0, 4))))
        return Network(layers=f"{inputs} -> {inner}{outputs} {last}".removesuffix(" linear"), **settings)
    names = tuple(f"x{k}" for k in range(1, inputs + 1))
    layers, weights = draw(layers_of(names, outputs, last, batches=batches))
    return Network(layers=layers, weights=weights, **settings)


@st.composite
def experiments(draw: st.DrawFn) -> Experiment:
    """An experiment of one to five layers on one to six rows, in double precision, with a loss that fits it."""
    task = draw(st.sampled_from(("numbers", "numbers", "two classes", "classes")))
    inputs = draw(st.integers(1, 3))
    rows = draw(st.integers({"numbers": 1, "two classes": 2, "classes": 3}[task], 6))
    columns: dict[str, tuple[Cell, ...]] = {f"x{k}": drawn_column(draw, rows) for k in range(1, inputs + 1)}
    target, loss, last, outputs, weighted = drawn_target(draw, task, rows, columns)
    sizes = [size for size in (1, 2, 3, rows) if rows % size == 0]
    size = draw(st.sampled_from(sizes))
    optimizer = draw(optimizers)
    training = Training(
        loss=loss,
        learning_rate=draw(st.sampled_from([0.5, 0.1, 0.003])),
        epochs=1,
        batch_size=size,
        optimizer=optimizer,
        schedule=draw(st.sampled_from(SCHEDULES)),
        order=draw(st.sampled_from(get_args(spec.Order))),
        seed=draw(st.integers(0, 99)),
        l1=draw(strengths),
        l2=draw(strengths),
        weight_decay=0.0 if isinstance(optimizer, spec.AdamW) else draw(strengths),
        clip=draw(clips),
        class_weights=weighted,
    )
    network = draw(networks(inputs, outputs, last, batches=size > 1))
    return Experiment(data=Data(columns=columns, target=target), network=network, training=training)


def drawn_column(draw: st.DrawFn, rows: int) -> tuple[float, ...]:
    """Numbers, one for each row."""
    return tuple(draw(st.lists(numbers, min_size=rows, max_size=rows)))


def drawn_target(
    draw: st.DrawFn, task: str, rows: int, columns: dict[str, tuple[Cell, ...]]
) -> tuple[str | tuple[str, ...], Loss, spec.Activation, int, Any]:
    """The target's columns, and the loss, last activation, outputs and class weights that go with them."""
    reduction = draw(reductions)
    if task == "numbers":
        names = tuple(f"y{k}" for k in range(1, draw(st.integers(1, 3)) + 1))
        columns.update({name: drawn_column(draw, rows) for name in names})
        name = draw(st.sampled_from(OF_NUMBERS))
        loss = Loss(name, reduction, draw(st.sampled_from([0.5, 1.0]))) if name == "huber" else Loss(name, reduction)
        fitting = [each for each in SMOOTH_OUTPUTS if each != "softmax" or len(names) > 1]
        return names, loss, draw(st.sampled_from(fitting)), len(names), "none"
    classes = CLASSES[: 2 if task == "two classes" else 3]
    others = draw(st.lists(st.sampled_from(classes), min_size=rows - len(classes), max_size=rows - len(classes)))
    columns["species"] = tuple(draw(st.permutations([*classes, *others])))
    weighted = draw(st.sampled_from(["none", "balanced", {name: 0.5 + place for place, name in enumerate(classes)}]))
    if task == "two classes":
        output: spec.Activation = draw(st.sampled_from(("sigmoid", "linear")))
        return "species", Loss("binary-cross-entropy", reduction), output, 1, weighted
    return "species", Loss("cross-entropy", reduction), draw(st.sampled_from(("softmax", "linear"))), 3, weighted
