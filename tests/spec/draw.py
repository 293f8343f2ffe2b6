"""Experiments drawn by Hypothesis, each of which passes the checks."""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import strategies as st

from whygrad import spec

names = st.text(min_size=1, max_size=6)
above_zero = st.floats(min_value=0, max_value=1e9, exclude_min=True)
not_negative = st.floats(min_value=0, max_value=1e9)
shares = st.floats(min_value=0, max_value=1, exclude_max=True)
fractions = st.floats(min_value=0, max_value=1)
finite = st.floats(allow_nan=False, allow_infinity=False)
seeds = st.integers(min_value=0, max_value=2**63 - 1)
counts = st.integers(min_value=1, max_value=9)


def literals(kind: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(get_args(kind))


distributions = literals(spec.Distribution)
initialisers = st.one_of(
    st.just(spec.Zeros()),
    st.builds(spec.ConstantValue, value=finite),
    st.builds(spec.Uniform, low=finite, high=finite),
    st.builds(spec.Normal, mean=finite, deviation=above_zero),
    st.builds(spec.Glorot, distribution=distributions),
    st.builds(spec.He, distribution=distributions),
    st.builds(spec.Orthogonal, gain=above_zero),
    st.builds(spec.PythonRandom, low=finite, high=finite),
)
optimizers = st.one_of(
    st.just(spec.Sgd()),
    st.builds(spec.Momentum, momentum=shares),
    st.builds(spec.Nesterov, momentum=shares),
    st.builds(spec.AdaGrad, epsilon=above_zero),
    st.builds(spec.RmsProp, decay=shares, epsilon=above_zero),
    st.builds(spec.Adam, beta1=shares, beta2=shares, epsilon=above_zero),
    st.builds(spec.AdamW, beta1=shares, beta2=shares, epsilon=above_zero, weight_decay=not_negative),
)
schedules = st.one_of(
    st.just(spec.Constant()),
    st.builds(spec.StepDecay, every_epochs=counts, factor=above_zero),
    st.builds(spec.Cosine, final=fractions),
    st.builds(spec.WarmUp, warm_epochs=counts, start=fractions),
    st.builds(spec.OneCycle, warm_fraction=fractions),
)
losses = st.one_of(
    st.builds(spec.Loss, st.sampled_from(["squared-error", "absolute-error"]), literals(spec.Reduction)),
    st.builds(spec.Loss, st.just("huber"), literals(spec.Reduction), above_zero),
)
clips = st.builds(spec.Clip, value=above_zero) | st.builds(spec.Clip, norm=above_zero)
splits = st.builds(
    spec.Split,
    validation=st.sampled_from([0.0, 0.2]),
    test=st.sampled_from([0.0, 0.3]),
    stratified=st.booleans(),
    seed=st.none() | seeds,
)
trainings = st.builds(
    spec.Training,
    loss=losses,
    reported_loss=st.none() | losses,
    optimizer=optimizers,
    learning_rate=above_zero,
    schedule=schedules,
    epochs=st.integers(min_value=10, max_value=10**6),
    batch_size=st.integers(min_value=2) | st.just("all"),
    order=literals(spec.Order),
    seed=seeds,
    l1=not_negative,
    l2=not_negative,
    clip=st.none() | clips,
    split=splits,
    dtype=st.sampled_from(["float32", "float64"]),
    threshold=st.floats(min_value=0, max_value=1, exclude_min=True, exclude_max=True),
    stop_below=st.none() | above_zero,
)

cells = st.none() | finite | st.integers(min_value=-(2**63), max_value=2**63 - 1) | st.text(max_size=3) | st.booleans()
augments = st.builds(spec.Augment, noise=not_negative)
rules = literals(spec.MissingRule)


@st.composite
def columns(draw: st.DrawFn) -> spec.Data:
    """Columns given in the file itself, all of one length."""
    named = draw(st.lists(names, min_size=2, max_size=4, unique=True))
    rows = draw(counts)
    table = {name: tuple(draw(st.lists(cells, min_size=rows, max_size=rows))) for name in named}
    return spec.Data(
        columns=table,
        target=draw(st.just(named[0]) | st.just((named[0],))),
        inputs=draw(st.sampled_from([(), tuple(named[1:])])),
        missing=draw(rules | st.dictionaries(st.sampled_from(named), finite | rules)),
    )


data = st.one_of(
    st.builds(spec.Toy, literals(spec.ToyName), counts, not_negative, seeds).map(lambda toy: spec.Data(toy=toy)),
    st.builds(spec.Data, file=names, target=names, scale=literals(spec.Scale), scale_target=literals(spec.Scale)),
    st.builds(spec.Data, dataset=st.just("digits"), augment=st.none() | augments),
    columns(),
)

activations = literals(spec.Activation)
biases = literals(spec.Bias)
dense = st.builds(
    spec.Dense,
    units=st.integers(min_value=1, max_value=5),
    activation=activations,
    bias=biases,
    initialiser=st.none() | initialisers,
    bias_initialiser=st.none() | initialisers,
)
plain_layers = st.one_of(
    dense,
    st.builds(spec.Dropout, rate=shares),
    st.builds(spec.LayerNorm, epsilon=above_zero),
    st.builds(spec.BatchNorm, epsilon=above_zero, momentum=fractions),
)
layers = st.recursive(
    plain_layers,
    lambda inner: st.builds(spec.Residual, layers=st.lists(inner, min_size=1, max_size=2).map(tuple)),
    max_leaves=3,
)
last = st.builds(spec.Dense, units=st.integers(min_value=2, max_value=4) | st.just("out"), activation=activations)
deep = st.builds(
    spec.Network,
    layers=st.tuples(st.lists(layers, max_size=3), last).map(lambda both: (*both[0], both[1])),
    initialiser=initialisers,
    bias_initialiser=initialisers,
)
short_forms = st.sampled_from(
    [
        "2 -> 8 relu -> 1",
        "in -> 16 relu -> dropout 0.2 -> out softmax",
        "in -> 8 -> layer-norm -> residual(8 gelu -> batch-norm -> 8) -> 3 tanh",
        "1->1",
    ]
)


@st.composite
def wired(draw: st.DrawFn) -> spec.Network:
    """Two named layers, every connection listed, with or without its value."""
    units = draw(st.lists(names, min_size=4, max_size=6, unique=True))
    inputs, hidden, output = tuple(units[:1]), tuple(units[1:-1]), units[-1]
    joints = [(inputs[0], unit) for unit in hidden] + [(unit, output) for unit in hidden]
    weights = {
        f"w{number}": spec.Weight(from_=source, to=unit, value=draw(st.none() | finite))
        for number, (source, unit) in enumerate(joints)
    }
    bias = {draw(names) + "-": spec.Weight(to=hidden, value=draw(finite))}
    return spec.Network(
        inputs=inputs,
        layers=(
            spec.Dense(units=hidden, activation="sigmoid", wiring="listed", bias="shared", name=draw(names) + "1"),
            spec.Dense(units=(output,), wiring="listed", bias="none"),
        ),
        weights=weights | bias,
    )


networks = st.one_of(short_forms.map(lambda text: spec.Network(layers=text)), deep, wired())
experiments = st.builds(spec.Experiment, data=data, network=networks, training=trainings, title=st.text(max_size=5))
