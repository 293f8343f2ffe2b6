"""Networks side by side, one variable for each number of one, are the same networks trained one after another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from msgspec.structs import replace

from tests.asked import SINE, asked
from tests.pipeline.variants import VARIANTS
from whygrad import Data, train
from whygrad.graph import RATE, UPDATES
from whygrad.pipeline.flock import of_seed
from whygrad.pipeline.setting_up import set_up
from whygrad.run.fast import abreast, abreast_source
from whygrad.run.fast.abreast import Abreast
from whygrad.run.fast.abreast_source import LANES
from whygrad.run.fast.compiled import functions_of
from whygrad.run.many import stacked
from whygrad.spec import Clip, Experiment, Toy, read_experiment

if TYPE_CHECKING:
    from collections.abc import Callable

    from whygrad.run.fast.abreast import Passed
    from whygrad.run.predictor import States

EXAMPLES = Path(__file__).parents[2] / "examples"
EPOCHS, NETWORKS = 10, 5
RATES = (0.1, 0.05, 0.2, 0.1, 0.3)
CLOUDS = Data(toy=Toy("gaussians", rows=30))
QUICK: dict[str, Experiment] = {
    "a row at a time": read_experiment(EXAMPLES / "xor.toml"),
    "all rows": read_experiment(EXAMPLES / "xor-sticks.toml"),
    "a shared bias": read_experiment(EXAMPLES / "notes-222.toml"),
    "a running mean": VARIANTS["momentum"],
    "a falling rate": VARIANTS["adam, cosine"],
    "a rate that rises and falls": VARIANTS["rmsprop, one cycle"],
    "bounded gradients": asked("1 -> 3 gelu -> 1", data=SINE, loss="mean huber", clip=Clip(norm=0.1), batch_size=5),
    "silu and a penalty": asked("2 -> 3 silu -> 1 sigmoid", l1=0.01, weight_decay=0.1, batch_size=6),
}
SLOW: dict[str, Experiment] = {
    "a softmax": asked(
        "2 -> 3 softmax", data=Data(toy=Toy("gaussians", rows=30)), loss="mean cross-entropy", batch_size=10
    ),
    "batch norm": asked("2 -> 3 -> batch-norm -> 1 sigmoid", batch_size=8),
    "layer norm": asked("2 -> 4 softplus -> layer-norm -> 1 sigmoid", batch_size=8),
}


@pytest.fixture
def in_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python runs the generated code, in smaller groups: nothing needs to be compiled."""
    monkeypatch.setattr(abreast, "compiled", run_by_python)
    for each in (abreast, abreast_source):
        monkeypatch.setattr(each, "LANES", 6)


def run_by_python(text: str, function: str, _inner: object, *, may_fuse: bool) -> Callable[..., Any]:
    """The generated code as Python runs it."""
    assert may_fuse
    made: Callable[..., Any] = functions_of(text)[function]
    return made


def member(experiment: Experiment, place: int) -> Experiment:
    """One of the networks: seeds and learning rates differ."""
    training = replace(of_seed(experiment, place + 3).training, learning_rate=RATES[place], order="in order")
    return replace(experiment, training=replace(training, epochs=EPOCHS, stop_below=None))


def passed(experiment: Experiment, *, with_said: bool = False, cut: tuple[int, ...] = (EPOCHS,)) -> Passed:
    """All of them side by side, their epochs cut into some pieces."""
    readies = [set_up(member(experiment, place), EXAMPLES, rate_is_state=True) for place in range(NETWORKS)]
    step, _ = readies[0].job.engine.ready(readies[0].batch_sizes[0])
    runner, (rows, _) = Abreast(step, with_said=with_said), readies[0].job.always
    states: States = stacked([each.start().states for each in readies])
    found = []
    with np.errstate(all="ignore"):
        for epochs in cut:
            found.append(runner.run(states, rows, epochs))
            states = found[-1].states
    return abreast.Passed(states, np.concatenate([each.errors for each in found]), found[-1].said)


def assert_alike(experiment: Experiment) -> None:
    """Each loss and each state are those of a training by itself."""
    found = passed(experiment)
    training = experiment.training
    updates = float(found.states[UPDATES]) / EPOCHS
    for place in range(NETWORKS):
        run = train(member(experiment, place), engine="interpreter")
        losses = np.array(run.history.column("loss"), float)
        reported = training.reported_loss or training.loss
        errors = found.errors[:, place] / (updates if reported.reduction == "mean" else 1)
        assert np.max(np.abs(errors - losses) / np.maximum(np.abs(losses), 1e-9)) < 1e-12
        assert float(found.states[RATE][place]) == RATES[place]
        for name, value in run.position.states.items():
            if name != UPDATES:
                assert np.max(np.abs(found.states[name][place] - value)) < 1e-12


@pytest.mark.usefixtures("in_python")
@pytest.mark.parametrize("name", QUICK)
def test_each_is_the_network_by_itself(name: str) -> None:
    assert_alike(QUICK[name])


@pytest.mark.long
@pytest.mark.usefixtures("in_python")
@pytest.mark.parametrize("name", SLOW)
def test_so_is_each_of_a_larger_one(name: str) -> None:
    assert_alike(SLOW[name])


def test_compiled_it_is_the_same() -> None:
    pytest.importorskip("numba", reason="compiling needs the extra fast")
    assert_alike(asked("2 -> 1 sigmoid", data=Data(toy=Toy("xor")), batch_size="all"))


@pytest.mark.long
@pytest.mark.parametrize("name", QUICK | SLOW)
def test_all_of_them_compiled(name: str) -> None:
    pytest.importorskip("numba", reason="compiling needs the extra fast")
    assert_alike((QUICK | SLOW)[name])


@pytest.mark.usefixtures("in_python")
def test_epochs_may_be_made_in_pieces() -> None:
    whole, cut = (passed(QUICK["a falling rate"], cut=cut) for cut in ((EPOCHS,), (3, 1, 6)))
    assert np.array_equal(whole.errors, cut.errors)
    assert all(np.array_equal(value, cut.states[name]) for name, value in whole.states.items())


@pytest.mark.usefixtures("in_python")
def test_what_is_said_is_told_where_it_is_wanted() -> None:
    """Before the last update of the last epoch, by each network."""
    experiment = QUICK["a row at a time"]
    said = passed(experiment, with_said=True).said
    assert said is not None
    assert said.shape == (EPOCHS, 4, NETWORKS, 1)
    run = train(member(experiment, 2), engine="interpreter")
    outputs = [float(run.step(epoch=EPOCHS - 1, batch=batch).value("out_o1")[0]) for batch in range(4)]
    assert said[-1, :, 2, 0] == pytest.approx(outputs, abs=1e-12)


@pytest.mark.usefixtures("in_python")
def test_a_number_that_is_not_finite_makes_its_network_unsound() -> None:
    """It does so at once, though what the network said before the update was finite."""
    ready = set_up(member(QUICK["all rows"], 0), EXAMPLES, rate_is_state=True)
    step, _ = ready.job.engine.ready(4)
    states = {name: np.array(value) for name, value in stacked([ready.start().states] * 3).items()}
    states[RATE][1] = np.inf
    rows, _ = ready.job.always
    with np.errstate(all="ignore"):
        found = Abreast(step, with_said=False).run(states, rows, 4)
    assert np.isfinite(found.errors).tolist() == [[True, False, True]] * 4


def test_more_networks_than_a_group_has_places() -> None:
    rows = np.arange(70.0 * 3).reshape(70, 3)
    groups = abreast.in_groups(rows)
    assert groups.shape == (3, 3 * LANES)
    assert groups[1, LANES : 2 * LANES].tolist() == rows[LANES : 2 * LANES, 1].tolist()
    assert set(groups[2, 2 * LANES + 6 :].tolist()) == {rows[69, 2]}
