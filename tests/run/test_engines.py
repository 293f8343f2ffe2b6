"""Every engine against the interpreter: whole trainings, every primitive, NaN, and which one is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from tests.asked import asked
from tests.pipeline.variants import VARIANTS, same_bits
from tests.primitive.draw import samples
from tests.run.faults import named_as_the_interpreter_does
from whygrad import Experiment, train
from whygrad.errors.run import EngineMissing, EngineUnfit
from whygrad.graph import UPDATES, Names, State, Step, constant
from whygrad.primitive import PRIMITIVES
from whygrad.run import choice
from whygrad.run.choice import Work, chosen
from whygrad.run.fast.array_source import array_source
from whygrad.run.fast.compiled import functions_of
from whygrad.run.interpreter import evaluate
from whygrad.spec import EarlyStopping, Split

if TYPE_CHECKING:
    from pathlib import Path

    from tests.primitive.draw import Sample
    from whygrad import Run

WATCHED = asked(
    batch_size="per row", split=Split(validation=0.25), early_stopping=EarlyStopping(patience=3, min_delta=0.001)
)
ON_NUMBERS = {
    name: VARIANTS[name]
    for name in ("plain in order", "shuffled per row", "momentum", "adam, cosine", "rmsprop, one cycle", "augmentation")
} | {"watched": WATCHED}
UPDATES_COMPARED = 100


def long_enough(experiment: Experiment) -> Experiment:
    """The same trained for a hundred updates or more, without stopping early."""
    return structs.replace(experiment, training=structs.replace(experiment.training, epochs=UPDATES_COMPARED))


@pytest.fixture(scope="module")
def interpreted() -> dict[str, Run]:
    """A run of each variant by the interpreter, made when it is first asked for."""
    return {}


def reference(runs: dict[str, Run], name: str) -> Run:
    """The run of a variant by the interpreter."""
    if name not in runs:
        runs[name] = train(VARIANTS[name], engine="interpreter")
    return runs[name]


@pytest.mark.parametrize("name", VARIANTS)
def test_numpy_in_buffers_gives_the_bits_of_the_interpreter(name: str, interpreted: dict[str, Run]) -> None:
    plain, fast = reference(interpreted, name), train(VARIANTS[name], engine="numpy")
    assert fast.engine == "numpy"
    assert same_bits(fast.position.states, plain.position.states)
    assert repr(fast.history) == repr(plain.history)
    assert fast.history == plain.history


@pytest.mark.parametrize("name", ON_NUMBERS)
def test_code_on_single_numbers_agrees_over_a_hundred_updates(name: str) -> None:
    experiment = long_enough(ON_NUMBERS[name])
    plain, fast = train(experiment, engine="interpreter"), train(experiment, engine="python")
    for key, value in plain.position.states.items():
        np.testing.assert_allclose(fast.position.states[key], value, rtol=1e-12, atol=1e-12)
    assert [*fast.history.columns] == [*plain.history.columns]
    for column in plain.history.columns:
        mine, theirs = (np.array(run.history.column(column), np.float64) for run in (fast, plain))
        np.testing.assert_allclose(mine, theirs, rtol=1e-9, atol=1e-12)
    assert fast.position.best is None or fast.position.best.epoch == plain.position.best.epoch  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["adam, cosine", "watched"])
def test_compiled_code_gives_the_bits_of_python(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numba", reason="Numba is not installed (extra fast)")
    monkeypatch.setenv("WHYGRAD_CACHE", str(tmp_path))
    python, fast = (train(ON_NUMBERS[name], engine=engine) for engine in ("python", "compiled"))
    assert same_bits(fast.position.states, python.position.states)
    assert fast.history == python.history
    assert list(tmp_path.glob("program_*.py")), "what was compiled is kept"


@pytest.mark.parametrize("primitive", PRIMITIVES, ids=lambda each: each.name)
@given(data=st.data())
def test_every_primitive_in_buffers(primitive: Any, data: st.DataObject) -> None:
    """Twice in a row, since a buffer that was written over shows at the second update."""
    sample: Sample = data.draw(samples(primitive))
    leaves = {f"x{number}": State(np.shape(array), f"x{number}") for number, array in enumerate(sample.arrays)}
    output = primitive(*leaves.values(), **sample.attributes)
    step = one_step(leaves, output)
    source = array_source(step, np.float64)
    state = {f"x{number}": np.array(array) for number, array in enumerate(sample.arrays)} | {UPDATES: np.float64(0.0)}
    update = functions_of(source.text)["make_step"](state, source.constants)
    expected = evaluate([output], dict(zip(leaves.values(), sample.arrays, strict=True)))[output]
    with np.errstate(all="ignore"):
        first, second = (dict(zip(source.outputs, update(), strict=True))["prediction"] for _ in range(2))
    np.testing.assert_array_equal(first, expected)
    np.testing.assert_array_equal(second, expected)


def one_step(leaves: dict[str, State], output: Any) -> Step:
    """A step that gives this output and changes nothing but the count."""
    updates = State((), UPDATES)
    return Step(
        inputs={},
        states={**leaves, UPDATES: updates},
        next={**leaves, UPDATES: updates + constant(1.0)},
        parameters=(),
        loss=output,
        adjoints={},
        gradients={},
        outputs={"prediction": output},
        masks={},
        names=Names({}),
    )


@pytest.mark.parametrize("engine", ["numpy", "python"])
def test_a_nan_is_named_by_the_interpreter_whichever_engine_met_it(engine: str) -> None:
    named_as_the_interpreter_does(engine)


def test_the_engine_of_a_run_is_kept_and_runs_it_again(tmp_path: Path) -> None:
    from whygrad import load

    run = train(VARIANTS["shuffled per row"], engine="numpy")
    back = load(run.save(tmp_path / "run"))
    assert back.engine == "numpy"
    assert same_bits(back.at(2).values, run.at(2).values)


def test_what_was_compiled_is_run_by_the_nearest_where_numba_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    tiny, large = Work(nodes=100, operations=400, updates=4), Work(nodes=100, operations=10**6, updates=4, obstacle="x")
    assert choice.at_hand("numpy", tiny) == "numpy"
    monkeypatch.setattr(choice, "can_compile", lambda: True)
    assert choice.at_hand("compiled", large) == "compiled"
    monkeypatch.setattr(choice, "can_compile", lambda: False)
    assert choice.at_hand("compiled", tiny) == "python"
    assert choice.at_hand("compiled", large) == "numpy"


@pytest.mark.parametrize(
    ("work", "engine"),
    [
        (Work(nodes=100, operations=400, updates=4), "python"),
        (Work(nodes=100, operations=400, updates=12_000), "python"),
        (Work(nodes=100, operations=400, updates=10_000_000), "compiled"),
        (Work(nodes=100, operations=1_000_000, updates=2, obstacle="too large"), "interpreter"),
        (Work(nodes=100, operations=1_000_000, updates=2_000, obstacle="too large"), "numpy"),
        (Work(nodes=100, operations=1_000_000, updates=2_000_000, obstacle="too large"), "compiled"),
        (Work(nodes=100, operations=1_000_000, updates=2_000_000, obstacle="x", hindrance="figures"), "numpy"),
    ],
)
def test_the_engine_goes_by_the_work(work: Work, engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choice, "can_compile", lambda: True)
    assert chosen("auto", work) == engine


def test_the_kind_of_arithmetic_goes_by_the_network_however_long_it_is_trained() -> None:
    """Single numbers for a tiny network, arrays for any other."""
    works = {
        operations: [
            Work(100, operations, updates=10**power, obstacle="" if operations < choice.MOST_NUMBERS else "too large")
            for power in range(12)
        ]
        for operations in (400, 100_000)
    }
    assert {chosen("auto", work) for work in works[400]} <= {"python", "compiled"}
    assert {chosen("auto", work) for work in works[100_000]} <= {"interpreter", "numpy", "compiled"}
    assert [choice.is_tiny(work) for work in (works[400][0], works[100_000][0])] == [True, False]


def test_an_engine_that_does_not_fit_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choice, "can_compile", lambda: True)
    with pytest.raises(EngineUnfit) as refused:
        train(VARIANTS["float32"], engine="python")
    assert str(refused.value) == (
        "WG504 the engine 'python' was asked for\n"
        "  why: numbers are of single precision\n"
        "  try: choose one of interpreter, numpy, compiled, or leave the choice to whygrad"
    )


def test_an_engine_whose_package_is_missing_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choice, "can_compile", lambda: False)
    with pytest.raises(EngineMissing) as refused:
        train(VARIANTS["plain in order"], engine="compiled")
    assert "it needs numba, which is not installed" in str(refused.value)
    assert "pip install 'whygrad[fast]'" in str(refused.value)
