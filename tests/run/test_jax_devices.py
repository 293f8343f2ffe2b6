"""Several devices in one process, and several processes: they agree with the interpreter, and fail in words."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import Any

import numpy as np
import pytest

from tests.cli.typed import XOR
from whygrad import load, train
from whygrad.errors.run import DifferentWork, EngineMissing, NotJoined, ProcessLost, UnevenDevices
from whygrad.run import choice
from whygrad.run.choice import Work, chosen
from whygrad.run.devices.meeting import meet

ROOT = Path(__file__).parents[2]
needs_jax = pytest.mark.skipif(not choice.has_jax(), reason="JAX is not installed (extra jax)")
SMALL = Work(nodes=100, operations=400, updates=10)


def free_port() -> int:
    with closing(socket.socket()) as line:
        line.bind(("127.0.0.1", 0))
        port: int = line.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def on_eight() -> dict[str, Any]:
    """What a process found that has eight devices."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.run.on_devices"],
        env=os.environ | {"XLA_FLAGS": "--xla_force_host_platform_device_count=8"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


@needs_jax
def test_eight_devices_sweep_as_numpy_does(on_eight: dict[str, Any]) -> None:
    """The networks are shared out, the last one as often as it takes."""
    sweeps = on_eight["sweeps"].values()
    assert [each["engines"] for each in sweeps] == [["jax"]] * 3
    assert all(each["alike"] for each in sweeps)
    assert max(each["apart"] for each in sweeps) < 1e-12
    assert on_eight["shards"] == [2] * 8


@needs_jax
def test_eight_devices_agree_with_the_interpreter_however_the_rows_divide(on_eight: dict[str, Any]) -> None:
    found = on_eight["trainings"]
    assert {name: each["devices"] for name, each in found.items()} == dict.fromkeys(found, 8)
    assert [each["shares"] for each in found.values()] == [[8, 8], [2, 4], [1]]
    assert [each["words"] for each in found.values()] == [
        "8 devices (cpu)",
        "8 devices (cpu); a batch of 10 rows is cut into 2 parts",
        "8 devices (cpu); its batches cannot be cut into equal parts, so one would do",
    ]
    assert [each["adds up"] for each in found.values()] == [True, True, False]
    assert max(each["apart"] for each in found.values()) < 1e-12


class Processes:
    """Some processes that train the same thing, each with the command's own options."""

    def __init__(self, folder: Path, *words: str, own: tuple[tuple[str, ...], ...] = ((), ())) -> None:
        address = f"127.0.0.1:{free_port()}"
        command = [sys.executable, "-m", "whygrad", "train", *words, "--engine", "jax", "--coordinator", address]
        self.every = [
            subprocess.Popen(
                [*command, "--process", f"{number}/{len(own)}", *own[number]],
                cwd=folder,
                env=os.environ | {"PYTHONPATH": str(ROOT)},
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for number in range(len(own))
        ]

    def said(self) -> list[tuple[int, str, str]]:
        """The exit code, stdout and stderr of each."""
        ends = [each.communicate(timeout=100) for each in self.every]
        return [(each.returncode, *end) for each, end in zip(self.every, ends, strict=True)]


@needs_jax
def test_two_processes_train_one_network_and_the_first_saves_it(tmp_path: Path) -> None:
    (tmp_path / "xor.toml").write_text(XOR.replace('"per row"', '"all"'), encoding="utf-8")
    first, second = Processes(tmp_path, "xor.toml", "--out", "together", "-q").said()
    assert first[:2] == (0, "together\n"), first[2]
    assert second[:2] == (0, ""), second[2]
    run, plain = load(tmp_path / "together"), train(tmp_path / "xor.toml", engine="interpreter")
    assert (run.engine, run.set_up.job.engine.devices) == ("jax", 2)
    for name, value in plain.position.states.items():
        np.testing.assert_allclose(run.position.states[name], value, rtol=1e-12, atol=1e-12)


@needs_jax
@pytest.mark.long
def test_two_processes_go_on_with_a_run_and_write_its_page(tmp_path: Path) -> None:
    """The page is made by the first alone, with epochs that are run again: the other has gone."""
    (tmp_path / "xor.toml").write_text(XOR, encoding="utf-8")
    for words in (["--epochs", "20"], ["--epochs", "60", "--resume", "--report"]):
        first, second = Processes(tmp_path, "xor.toml", *words).said()
        assert first[0] == 0, first[2]
        assert second[0] == 0, second[2]
        assert "JAX trains it on 2 devices (cpu) of 2 processes;" in first[1]
        assert second[1] == ""
    assert load(tmp_path / "runs" / "xor").position.epoch == 60
    assert (tmp_path / "runs" / "xor" / "report.html").exists()
    assert [path.name for path in (tmp_path / "runs").iterdir()] == ["xor"]


@needs_jax
@pytest.mark.long
def test_a_process_that_is_killed_ends_the_others_with_what_they_learned(tmp_path: Path) -> None:
    (tmp_path / "xor.toml").write_text(XOR, encoding="utf-8")
    both = Processes(tmp_path, "xor.toml", "--epochs", "1000000")
    assert both.every[0].stderr is not None
    both.every[0].stderr.readline()  # the first epoch is over
    both.every[1].kill()
    code, _, words = both.said()[0]
    assert code == 130
    assert "WG522 another process of this training was gone" in words
    assert load(tmp_path / "runs" / "xor").position.epoch > 0


@needs_jax
@pytest.mark.long
def test_processes_that_would_train_different_things_are_refused(tmp_path: Path) -> None:
    (tmp_path / "xor.toml").write_text(XOR, encoding="utf-8")
    for code, _, words in Processes(tmp_path, "xor.toml", own=(("--seed", "1"), ("--seed", "2"))).said():
        assert code == 1
        assert "WG521 process 1 would train something else than process 0" in words


def test_those_who_do_not_meet_are_told_who_is_missing() -> None:
    with pytest.raises(NotJoined) as first:
        meet(f"127.0.0.1:{free_port()}", 0, 3, 0.2)
    assert first.value.reason == "process 1/3, 2/3 did not come"
    with pytest.raises(NotJoined) as second:
        meet(f"127.0.0.1:{free_port()}", 1, 3, 0.2)
    assert second.value.reason == "Connection refused"


def test_those_who_meet_go_on_at_once() -> None:
    address = f"127.0.0.1:{free_port()}"
    others = [Thread(target=meet, args=(address, number, 3, 10.0)) for number in (2, 1)]
    for other in others:
        other.start()
    meet(address, 0, 3, 10.0)
    for other in others:
        other.join(timeout=10.0)
    assert not any(other.is_alive() for other in others)


def test_jax_runs_only_where_it_is_asked_for_and_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choice, "has_jax", lambda: True)
    assert chosen("auto", SMALL) != "jax"
    assert chosen("jax", SMALL) == choice.at_hand("jax", SMALL) == "jax"
    monkeypatch.setattr(choice, "has_jax", lambda: False)
    assert choice.at_hand("jax", SMALL) == "numpy"
    with pytest.raises(EngineMissing) as refused:
        chosen("jax", SMALL)
    assert str(refused.value) == (
        "WG505 the engine 'jax' was asked for\n"
        "  why: it needs jax, which is not installed\n"
        "  try: pip install 'whygrad[jax]', or leave the choice of the engine to whygrad"
    )


def test_what_goes_wrong_between_processes_in_words() -> None:
    assert str(NotJoined("node1:9900", 1, 3, "Connection refused")) == (
        "WG520 process 1 of 3 could not join the others at node1:9900\n"
        "  why: Connection refused\n"
        "  try: start all 3, 0 to 2, with the address of the first and a port that is free there"
    )
    assert str(DifferentWork((1, 2))) == (
        "WG521 processes 1, 2 would train something else than process 0\n"
        "  why: all processes need the same experiment, the same data, and a run that stands at the same epoch\n"
        "  try: give all of them the same files, in a folder that they share or in copies"
    )
    assert str(ProcessLost("Connection closed by peer")) == (
        "WG522 another process of this training was gone\n"
        "  why: Connection closed by peer\n"
        "  try: see what it said, and go on with --resume in all processes"
    )


@needs_jax
def test_processes_have_as_many_devices_each() -> None:
    from whygrad.run.devices.fleet import refuse_uneven  # which needs JAX

    refuse_uneven([0, 0, 1, 1])
    with pytest.raises(UnevenDevices) as refused:
        refuse_uneven([1, 0, 0])
    assert str(refused.value) == (
        "WG523 the processes have different numbers of devices: 2, 1\n"
        "  why: JAX shares work out only among processes that have as many devices each\n"
        "  try: let each have 1, with CUDA_VISIBLE_DEVICES, or XLA_FLAGS on processors"
    )
