"""A run that stops, by its epochs or by Ctrl-C, goes on bit for bit as if it never had."""

from __future__ import annotations

import shutil
import signal
import time
from pathlib import Path

import pytest

from tests.cli.typed import MOONS, Shell, process

SAME = ("model.json", "history.csv", "run.json", "experiment.toml")


def test_four_epochs_and_six_are_ten(shell: Shell) -> None:
    shell.done("train", "moons.toml", "--out", "whole", "-q")
    shell.done("train", "moons.toml", "--epochs", "4", "-q")
    said = shell.done("train", "moons.toml", "--resume")
    assert "Went on from 4 epochs; saved in runs/moons\n" in said.out
    for name in SAME:
        assert (shell.folder / "whole" / name).read_bytes() == (shell.folder / "runs/moons" / name).read_bytes(), name


def test_the_folder_of_a_run_is_enough(shell: Shell) -> None:
    shell.done("train", "moons.toml", "--out", "whole", "-q")
    shell.done("train", "moons.toml", "--epochs", "4", "--out", "part", "-q")
    (shell.folder / "moons.toml").unlink()
    shell.done("train", "part", "--resume", "--epochs", "10", "-q")
    assert shell.read("part/model.json") == shell.read("whole/model.json")


def test_the_newest_run_is_taken_up(shell: Shell) -> None:
    for _ in range(2):
        shell.done("train", "moons.toml", "--epochs", "4", "-q")
    assert shell.done("train", "moons.toml", "--resume", "-q").out == "runs/moons-2\n"
    assert [shell.read(f"runs/{name}/run.json")["epochs"] for name in ("moons", "moons-2")] == [4, 10]


def test_the_newest_run_is_taken_up_whichever_others_are_gone(shell: Shell) -> None:
    for _ in range(3):
        shell.done("train", "moons.toml", "--epochs", "4", "-q")
    shutil.rmtree("runs/moons-2")
    assert shell.done("train", "moons.toml", "--resume", "--epochs", "5", "-q").out == "runs/moons-3\n"
    shutil.rmtree("runs/moons")
    assert shell.done("train", "moons.toml", "--resume", "--epochs", "6", "-q").out == "runs/moons-3\n"
    assert shell.done("train", "moons.toml", "--epochs", "4", "-q").out == "runs/moons-4\n"
    (shell.folder / "runs/moons-10").mkdir()  # no run
    assert shell.done("train", "moons.toml", "--resume", "-q").out == "runs/moons-4\n"


def test_the_runs_of_a_file_with_a_number_in_its_name_are_its_own(shell: Shell) -> None:
    shell.write("moons-2024.toml", MOONS)
    for name in ("moons.toml", "moons-2024.toml"):
        shell.done("train", name, "--epochs", "4", "-q")
    assert shell.done("train", "moons.toml", "--resume", "-q").out == "runs/moons\n"
    assert shell.done("train", "moons.toml", "--epochs", "4", "-q").out == "runs/moons-2\n"


def test_a_finished_run_is_left_as_it_is(shell: Shell) -> None:
    shell.done("train", "moons.toml", "-q")
    before = {path: path.stat().st_mtime_ns for path in (shell.folder / "runs/moons").iterdir()}
    said = shell.done("train", "moons.toml", "--resume")
    assert "Nothing was left to train; the run is in runs/moons\n" in said.out
    assert {path: path.stat().st_mtime_ns for path in (shell.folder / "runs/moons").iterdir()} == before


def test_a_page_that_was_there_is_written_anew(shell: Shell) -> None:
    shell.done("train", "moons.toml", "--epochs", "2", "--report", "-q")
    page = shell.folder / "runs/moons/report.html"
    before = page.read_text(encoding="utf-8")
    shell.done("train", "moons.toml", "--resume", "-q")
    assert page.read_text(encoding="utf-8") != before


def test_ctrl_c_keeps_what_was_learned_and_resume_makes_it_whole(tmp_path: Path) -> None:
    (tmp_path / "moons.toml").write_text(MOONS, encoding="utf-8")
    epochs = 4000
    ran = process("train", "moons.toml", "--epochs", str(epochs), cwd=tmp_path)
    assert ran.stderr is not None
    assert ran.stderr.readline().startswith("epoch 0 of 4000: loss ")
    time.sleep(0.3)
    ran.send_signal(signal.SIGINT)
    out, err = ran.communicate()
    assert ran.returncode == 130, err
    assert "Traceback" not in err
    assert "Training was interrupted; what was learned up to the last whole epoch is kept (" in " ".join(out.split())
    assert "\nSaved in runs/moons\n" in out
    assert "\n  whygrad train runs/moons --resume\n" in out
    record = (tmp_path / "runs/moons/run.json").read_text(encoding="utf-8")
    assert '"ending": "interrupted"' in record
    done = int(record.partition('"epochs": ')[2].partition(",")[0])
    assert 0 < done < epochs
    target = str(done + 20)
    for words in (("runs/moons", "--resume"), ("moons.toml", "--out", "whole")):
        process("train", *words, "--epochs", target, "-q", cwd=tmp_path).communicate()
    for name in SAME:
        assert (tmp_path / "whole" / name).read_bytes() == (tmp_path / "runs/moons" / name).read_bytes(), name


@pytest.mark.parametrize("words", [["predict", "runs/moons", "--json"], ["compare", "runs/moons", "runs/moons"]])
def test_ctrl_c_elsewhere_has_a_word_and_no_trace(
    words: list[str], shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.done("train", "moons.toml", "--epochs", "1", "-q")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("whygrad.cli.predict.document", interrupted)
    monkeypatch.setattr("whygrad.cli.compare.print_chart", interrupted)
    said = shell(*words)
    assert (said.code, said.err) == (130, "WG812 stopped with Ctrl-C\n")


def test_ctrl_c_before_the_first_epoch_says_that_nothing_is_kept(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("whygrad.cli.train.untrained", interrupted)
    said = shell("train", "moons.toml")
    assert (said.code, said.err) == (130, "WG812 stopped with Ctrl-C; no run was saved\n")
    assert not (shell.folder / "runs").exists()


def test_another_engine_goes_on_where_it_is_asked_for(shell: Shell) -> None:
    shell.done("train", "moons.toml", "--epochs", "4", "--engine", "interpreter", "-q")
    shell.done("train", "moons.toml", "--epochs", "6", "--resume", "-q")
    assert shell.read("runs/moons/run.json")["engine"] == "interpreter"
    shell.done("train", "moons.toml", "--resume", "--engine", "numpy", "-q")
    assert [shell.read("runs/moons/run.json")[key] for key in ("engine", "epochs")] == ["numpy", 10]
    shell.done("train", "moons.toml", "--out", "whole", "--engine", "interpreter", "-q")
    assert shell.read("runs/moons/model.json") == shell.read("whole/model.json")
