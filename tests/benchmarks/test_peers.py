"""Whoever is timed does the same arithmetic, and who does not is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from benchmarks import ours
from benchmarks.contest import agree, far_apart
from benchmarks.ours import Differs
from benchmarks.peers.roster import PEERS, Peer
from benchmarks.results import FUSED, TORCH, C
from benchmarks.task import BETA1, BETA2, EPSILON, Task
from benchmarks.works import WORKS, start_of, task_of
from whygrad import Adam

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.works import Work

COMPILED = ("JAX, scan", "Numba by hand", "tinygrad")


def each(*slow: str) -> list[Any]:
    """Every peer, those that are slow for the long run."""
    return [pytest.param(peer, id=peer.name, marks=[pytest.mark.long] * (peer.name in slow)) for peer in PEERS]


def losses_of(peer: Peer, work: Work) -> list[float]:
    if obstacle := peer.obstacle(work.key):
        pytest.skip(obstacle)
    return peer.ready(task_of(start_of(work, "interpreter")))()()


def by_interpreter(work: Work) -> list[float]:
    return ours.trained(start_of(work, "interpreter"))


@pytest.mark.parametrize("peer", each(*COMPILED, FUSED))
def test_a_peer_has_the_same_losses_row_by_row(peer: Peer) -> None:
    work = WORKS["W1"].for_epochs(25)
    assert far_apart(losses_of(peer, work), by_interpreter(work)) < work.tolerance * peer.looseness


@pytest.mark.parametrize("peer", each(*COMPILED, TORCH, FUSED))
def test_a_peer_has_the_same_losses_in_batches(peer: Peer) -> None:
    pytest.importorskip("sklearn", reason="the digits are scikit-learn's")
    work = WORKS["W2a"].for_epochs(2)
    assert far_apart(losses_of(peer, work), by_interpreter(work)) < work.tolerance * peer.looseness


def test_c_is_the_interpreter_over_a_hundred_updates() -> None:
    work = WORKS["W1"].for_epochs(25)
    (by_hand,) = (peer for peer in PEERS if peer.name == C)
    found = losses_of(by_hand, work)
    np.testing.assert_allclose(found, by_interpreter(work), rtol=1e-12, atol=1e-15)


def test_c_leaves_the_smallest_numbers_to_everybody_else() -> None:
    pytest.importorskip("sklearn", reason="the digits are scikit-learn's")
    (by_hand,) = (peer for peer in PEERS if peer.name == C)
    losses_of(by_hand, WORKS["W2a"].for_epochs(1))
    assert np.float64(5e-324) / 1.0 > 0


def test_other_losses_are_refused() -> None:
    agree("one", WORKS["W1"], [1.0, 0.5], [1.0, 0.5 + 1e-11])
    with pytest.raises(Differs, match=r"the losses of one on W1 differ by 1\.0e-02, so its times mean nothing"):
        agree("one", WORKS["W1"], [1.0, 0.505], [1.0, 0.5])
    with pytest.raises(Differs):
        agree("one", WORKS["W1"], [float("nan")], [1.0])


@pytest.mark.parametrize("engine", ["python", pytest.param("compiled", marks=pytest.mark.long)])
def test_a_loop_alone_comes_to_the_same_numbers_each_time(engine: str) -> None:
    run = start_of(WORKS["W1"].for_epochs(5), engine)
    loop = ours.loop_alone(run)
    assert loop is not None
    loop.check()
    wrong = {
        place: type(each)([*each, 1.0]) if isinstance(each, list) else each + 1 for place, each in loop.after.items()
    }
    with pytest.raises(Differs, match="does not come to what it came to in a training"):
        replace(loop, after=wrong).check()
    assert run.position.epoch == 0
    assert ours.trained(run) == ours.trained(run)


def test_an_interpreter_has_no_loop_and_no_products() -> None:
    run = start_of(WORKS["W1"].for_epochs(5), "interpreter")
    assert ours.loop_alone(run) is None
    assert ours.products_alone(run) is None


def test_a_work_is_the_same_from_a_file(tmp_path: Path) -> None:
    task = task_of(start_of(WORKS["W1"], "interpreter"))
    task.save(tmp_path / "work.npz")
    again = Task.load(tmp_path / "work.npz", epochs=7)
    assert (again.size, again.epochs, again.rate, again.classes) == (1, 7, 0.1, False)
    assert again.sizes == (2, 8, 1)
    for one, other in zip((task.x, task.y, *task.weights), (again.x, again.y, *again.weights), strict=True):
        np.testing.assert_array_equal(one, other)


def test_peers_take_the_same_adam() -> None:
    adam = Adam()
    assert (adam.beta1, adam.beta2, adam.epsilon) == (BETA1, BETA2, EPSILON)
