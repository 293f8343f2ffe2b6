"""Loops over arrays against the interpreter: every primitive, drawn networks, whole trainings, compiled and not.

The generated loops are Python too, so most tests run them as such, which needs no compiler and no wait for it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, reject, settings
from hypothesis import strategies as st
from msgspec import structs

from tests.asked import asked
from tests.pipeline.variants import VARIANTS, same_bits
from tests.primitive.draw import samples
from tests.properties.networks import experiments
from tests.run.faults import named_as_the_interpreter_does
from whygrad import load, train
from whygrad.errors.combination import Contradiction
from whygrad.errors.graph import ShapeMismatch
from whygrad.errors.run import EngineUnfit
from whygrad.graph import UPDATES, Input, Names, State, Step, constant
from whygrad.pipeline import go_on, setting_up, with_epochs
from whygrad.pipeline.starting import untrained
from whygrad.primitive import PRIMITIVES, exp, fold, spread
from whygrad.run import choice
from whygrad.run.fast.compiled import functions_of
from whygrad.run.fast.loops import arrays
from whygrad.run.fast.loops import text as text_of_loops
from whygrad.run.fast.loops.open_rows import closed
from whygrad.run.fast.loops.source import loop_source
from whygrad.run.interpreter import evaluate
from whygrad.spec import AdamW, Momentum, Nesterov, Sgd

if TYPE_CHECKING:
    from tests.primitive.draw import Sample
    from whygrad import Experiment, Run

ROOT = Path(__file__).parents[2]
EPOCHS = 34  # of three updates or more: a hundred
# Behind batch normalisation a bias has no effect; Adam makes steps of full length of the rounding in its gradient.
COMPARED = {name: experiment for name, experiment in VARIANTS.items() if name != "everything"} | {
    "everything, by momentum": structs.replace(
        VARIANTS["everything"],
        training=structs.replace(VARIANTS["everything"].training, optimizer=Momentum(), learning_rate=0.01),
    ),
    "clipped, adamw": asked(
        "2 -> 70 relu -> 3 elu -> 1 sigmoid",
        optimizer=AdamW(weight_decay=0.01),
        clip={"norm": 0.1},
        batch_size=7,
        class_weights="balanced",
    ),
}


@pytest.fixture
def in_loops(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compiled code is that of loops, however small the network; and it is not compiled."""
    monkeypatch.setattr(setting_up, "is_tiny", lambda _: False)
    monkeypatch.setattr(choice, "is_tiny", lambda _: False)
    monkeypatch.setattr(choice, "can_compile", lambda: True)
    monkeypatch.setattr(arrays, "compiled", lambda text, function, *_, **__: functions_of(text)[function])


def compile_loops(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Compiled code is that of loops, and is kept in a folder; skips where something is missing to compile it."""
    pytest.importorskip("scipy", reason="SciPy is not installed (extra fast)")
    pytest.importorskip("numba", reason="Numba is not installed (extra fast)")
    monkeypatch.setenv("WHYGRAD_CACHE", str(folder))
    monkeypatch.setattr(setting_up, "is_tiny", lambda _: False)
    monkeypatch.setattr(choice, "is_tiny", lambda _: False)


def trained(experiment: Experiment, engine: str) -> Run:
    """A run of a hundred updates or more, without stopping early."""
    training = structs.replace(experiment.training, epochs=EPOCHS, early_stopping=None)
    return train(structs.replace(experiment, training=training), engine=engine)


def hold_equal(fast: Run, plain: Run, tolerance: float) -> None:
    """States and history of two runs agree."""
    for key, value in plain.position.states.items():
        np.testing.assert_allclose(fast.position.states[key], value, rtol=tolerance, atol=tolerance, err_msg=key)
    assert [*fast.history.columns] == [*plain.history.columns]
    for column in plain.history.columns:
        mine, theirs = (np.array(run.history.column(column), np.float64) for run in (fast, plain))
        np.testing.assert_allclose(mine, theirs, rtol=1e3 * tolerance, atol=tolerance, err_msg=column)


@pytest.mark.usefixtures("in_loops")
@pytest.mark.parametrize("name", COMPARED)
def test_loops_agree_over_a_hundred_updates(name: str) -> None:
    plain, fast = trained(COMPARED[name], "interpreter"), trained(COMPARED[name], "compiled")
    assert isinstance(fast.set_up.job.engine.straight, arrays.Arrays)
    hold_equal(fast, plain, 1e-4 if plain.experiment.training.dtype == "float32" else 1e-12)


@pytest.mark.parametrize("name", ["clipped, adamw", *(pytest.param(each, marks=pytest.mark.long) for each in COMPARED)])
def test_compiled_loops_agree_over_a_hundred_updates(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compile_loops(tmp_path, monkeypatch)
    plain, fast = trained(COMPARED[name], "interpreter"), trained(COMPARED[name], "compiled")
    hold_equal(fast, plain, 1e-4 if plain.experiment.training.dtype == "float32" else 1e-12)
    assert list(tmp_path.glob("program_*.py")), "what was compiled is kept"


@pytest.mark.parametrize("primitive", PRIMITIVES, ids=lambda each: each.name)
@given(data=st.data())
def test_every_primitive_in_loops(primitive: Any, data: st.DataObject) -> None:
    """Twice in a row, since an array that was written over shows at the second update."""
    sample: Sample = data.draw(samples(primitive))
    leaves = [Input(np.shape(array), f"x{number}") for number, array in enumerate(sample.arrays)]
    output = primitive(*leaves, **sample.attributes)
    source = loop_source(closed(one_step(leaves, output)), np.float64)
    given_arrays = dict(zip((leaf.name for leaf in leaves), sample.arrays, strict=True))
    said = np.empty((1, 2, *output.shape))
    functions_of(source.text)["train"](
        *(given_arrays[name] for name in source.whole),
        *source.constants,
        *(np.zeros((1, 2), np.int64), True, np.zeros(1)),
        *(
            said,
            np.empty((1, 2, len(source.figures))),
            np.zeros((1, 0), np.bool_),
            np.zeros((1, source.length)),
            np.empty((1, 1)),
        ),
    )
    expected = evaluate([output], dict(zip(leaves, sample.arrays, strict=True)))[output]
    np.testing.assert_allclose(said[0, 0], expected, rtol=1e-13, atol=1e-14)
    np.testing.assert_array_equal(said[0, 1], said[0, 0])


def one_step(leaves: list[Input], output: Any) -> Step:
    """A step that gives this output and changes nothing but the count."""
    updates = State((), UPDATES)
    return Step(
        inputs={leaf.name: leaf for leaf in leaves},
        states={UPDATES: updates},
        next={UPDATES: updates + constant(1.0)},
        parameters=(),
        loss=output,
        adjoints={},
        gradients={},
        outputs={"prediction": output, "loss": constant(0.0)},
        masks={},
        names=Names({}),
    )


@st.composite
def cut(draw: st.DrawFn) -> Experiment:
    """A drawn experiment whose last batch may be smaller, in either precision.

    Optimizers that divide by the length of the gradient scale up what is nothing but rounding: they make one update.
    """
    experiment = draw(experiments())
    steady = isinstance(experiment.training.optimizer, Sgd | Momentum | Nesterov)
    training = structs.replace(
        experiment.training,
        batch_size=draw(st.integers(1, 6)) if steady else 6,
        dtype=draw(st.sampled_from(["float64", "float64", "float32"])),
        epochs=2 if steady else 1,
    )
    return structs.replace(experiment, training=training)


def hold_drawn(experiment: Experiment) -> None:
    """Loops give what the interpreter gives."""
    try:
        slow, quick = (untrained(experiment, engine=engine) for engine in ("interpreter", "compiled"))
    except (Contradiction, ShapeMismatch):  # batch normalisation of a single row
        reject()
    plain = go_on(slow)
    assume(plain.fault is None)
    fast = go_on(quick)
    scale = 1e-2 if experiment.training.dtype == "float32" else 1e-8
    mine, theirs = (np.array(run.history.column("loss"), np.float64) for run in (fast, plain))
    np.testing.assert_allclose(mine, theirs, rtol=scale, atol=scale)
    before, after = plain.position.states, fast.position.states
    for key, value in before.items():
        memory = [np.abs(each) for name, each in before.items() if name.startswith(f"{key}.")]
        clear = np.all([each > scale for each in memory], axis=0) if memory else np.ones(np.shape(value), bool)
        np.testing.assert_allclose(after[key][clear], value[clear], rtol=scale, atol=scale, err_msg=key)


@pytest.mark.usefixtures("in_loops")
@settings(max_examples=15)
@given(experiment=cut())
def test_loops_of_drawn_networks(experiment: Experiment) -> None:
    hold_drawn(experiment)


@pytest.mark.long
@pytest.mark.usefixtures("in_loops")
@given(experiment=cut())
def test_loops_of_many_drawn_networks(experiment: Experiment) -> None:
    hold_drawn(experiment)


@pytest.mark.long
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(experiment=cut())
def test_compiled_loops_of_drawn_networks(
    experiment: Experiment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compile_loops(tmp_path, monkeypatch)
    hold_drawn(experiment)


@pytest.mark.usefixtures("in_loops")
def test_a_nan_is_named_by_the_interpreter_where_loops_met_it() -> None:
    named_as_the_interpreter_does("compiled")


@pytest.mark.usefixtures("in_loops")
def test_figures_after_every_few_updates_are_not_for_loops() -> None:
    with pytest.raises(EngineUnfit) as refused:
        train(asked(record_every=2), engine="compiled")
    assert str(refused.value) == (
        "WG504 the engine 'compiled' was asked for\n"
        "  why: figures are kept after every few updates\n"
        "  try: choose one of interpreter, numpy, or leave the choice to whygrad"
    )


@pytest.mark.usefixtures("in_loops")
def test_rows_that_decide_what_is_computed_are_not_for_loops() -> None:
    engine = untrained(asked(batch_size=10), engine="compiled").set_up.job.engine
    build = engine.step_for
    engine.step_for = lambda rows: twice_as_wrong(build(rows)) if rows == 4 else build(rows)
    with pytest.raises(EngineUnfit) as refused:
        _ = engine.straight
    assert "why: the number of rows of a batch decides what is computed" in str(refused.value)


def twice_as_wrong(step: Step) -> Step:
    """A step that reports another loss."""
    return replace(step, outputs={**step.outputs, "error": step.outputs["error"] + step.outputs["error"]})


@pytest.mark.usefixtures("in_loops")
def test_a_run_of_loops_goes_on_where_it_stood_and_is_opened_by_numpy_without_numba(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = train(asked(epochs=6, optimizer=Momentum()), engine="compiled")
    half = train(asked(epochs=3, optimizer=Momentum()), engine="compiled")
    half.save(tmp_path / "run")
    assert same_bits(further(load(tmp_path / "run"), 6).position.states, whole.position.states)
    monkeypatch.setattr(choice, "can_compile", lambda: False)
    without = load(tmp_path / "run")
    assert without.engine == "numpy"
    assert same_bits(without.position.states, half.position.states)
    for key, value in further(without, 6).position.states.items():
        np.testing.assert_allclose(value, whole.position.states[key], rtol=1e-12, atol=1e-12)


def further(run: Run, epochs: int) -> Run:
    """A run trained on, up to so many epochs."""
    return go_on(with_epochs(run, epochs))


@pytest.mark.usefixtures("in_loops")
def test_the_code_of_loops_can_be_read() -> None:
    text = untrained(asked("2 -> 4 relu -> 1", batch_size=10), engine="compiled").set_up.job.engine.source()
    assert "np.dot(x, hidden_W, " in text
    assert "hidden_out = hidden_net if hidden_net > 0.0 else 0.0" in text
    assert "rows = min(10, order.shape[1] - start)" in text
    assert max(map(len, text.splitlines())) <= 120


@pytest.mark.usefixtures("in_loops")
def test_an_optimizer_is_one_function_for_parameters_of_all_shapes() -> None:
    experiment = asked("2 -> 70 relu -> 3 tanh -> 1", optimizer=AdamW(), batch_size=10)
    text = untrained(experiment, engine="compiled").set_up.job.engine.source()
    assert text.count("= loops_for_next_") == 6
    assert text.count("def loops_for_next_") == 1


@pytest.mark.usefixtures("in_loops")
def test_functions_are_taken_of_all_rows_at_once_where_rows_are_short() -> None:
    text = untrained(asked("2 -> 5 tanh -> 1", batch_size=10), engine="compiled").set_up.job.engine.source()
    assert "for i in range(rows * 5):" in text
    assert text.startswith('"""Exponentials, logarithms and the hyperbolic tangent made of plain operations')
    assert "noqa" not in text


def test_a_function_of_one_number_per_row_finds_it_in_every_row() -> None:
    x = Input((3, 2), "x")
    totals = fold(x, axes=(1,))
    output = exp(spread(totals, shape=(3, 2), axes=(1,)))
    step = one_step([x], output)
    source = loop_source(replace(closed(step), rows=3, sizes=(3,)), np.float64)
    said = np.empty((1, 3, 2))
    given_rows = np.array([[0.0, 1.0], [0.5, 0.5], [2.0, -2.0]])
    figures = np.empty((1, 1, len(source.figures)))
    nothing = np.zeros((1, 0), np.bool_), np.zeros((1, source.length)), np.empty((1, 1))
    functions_of(source.text)["train"](
        *(given_rows, *source.constants, np.arange(3)[None], True, np.zeros(1), said, figures, *nothing)
    )
    np.testing.assert_allclose(said[0], np.exp(given_rows.sum(axis=1))[:, None] * np.ones(2))


@pytest.mark.usefixtures("in_loops")
def test_sums_over_several_blocks_are_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_of_loops, "BLOCK", 16)
    plain, fast = (trained(COMPARED["clipped, adamw"], engine) for engine in ("interpreter", "compiled"))
    assert "[start:start + 16]" in fast.set_up.job.engine.source()
    hold_equal(fast, plain, 1e-12)


def test_what_was_given_room_is_not_written_over() -> None:
    room = arrays.Room((2, 3), np.float32)
    given_room = [room.take(epochs) for epochs in (1, 5, arrays.PIECE // 24 - 4, arrays.PIECE)]
    for number, each in enumerate(given_room):
        each[:] = number
    assert [(each.shape[1:], set(each.ravel())) for each in given_room] == [((2, 3), {place}) for place in range(4)]


@pytest.mark.long
def test_what_was_compiled_serves_the_next_process(tmp_path: Path) -> None:
    pytest.importorskip("scipy", reason="SciPy is not installed (extra fast)")
    pytest.importorskip("numba", reason="Numba is not installed (extra fast)")
    program = (
        "from tests.asked import asked\n"
        "from whygrad import train\n"
        "run = train(asked('2 -> 40 relu -> 40 relu -> 1 sigmoid'), engine='compiled')\n"
        "straight = run.set_up.job.engine.straight\n"
        "print(type(straight).__name__, sum(straight.function.stats.cache_hits.values()))\n"
    )
    command = [sys.executable, "-c", program]
    environment = os.environ | {"WHYGRAD_CACHE": str(tmp_path)}
    told = [
        subprocess.run(command, check=True, capture_output=True, text=True, env=environment, cwd=ROOT).stdout.split()
        for _ in range(2)
    ]
    assert told == [["Arrays", "0"], ["Arrays", "1"]]
