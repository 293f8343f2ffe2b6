"""Help is instant and complete; misuse is told from failure by the exit code; pipes and plain terminals are served."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.cli.typed import XOR, Shell, process

COMMANDS = tuple("train predict show explain code lab sweep check exercise compare new schema".split())  # noqa: SIM905


@pytest.mark.parametrize("words", [["--help"], ["train", "--help"], ["--version"], ["train"], ["predict", "x", "-z"]])
def test_help_version_and_misuse_load_neither_numpy_nor_rich(words: list[str]) -> None:
    script = (
        "import sys\nfrom whygrad.cli import main\ntry:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "heavy = {'numpy', 'rich', 'msgspec', 'polars', 'matplotlib', 'starlette', 'uvicorn'}\n"
        "print(*heavy & set(sys.modules), 'loaded', file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "loaded"


def test_a_training_loads_nothing_that_it_has_no_use_for(tmp_path: Path) -> None:
    (tmp_path / "xor.toml").write_text(XOR, encoding="utf-8")
    script = (
        "import sys\nfrom whygrad.cli import main\ntry:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "heavy = {'jax', 'matplotlib', 'numba', 'polars', 'pydantic', 'torch', 'whygrad.code.write'}\n"
        "print('numpy' in sys.modules, *heavy & set(sys.modules))"
    )
    words = [sys.executable, "-c", script, "train", "xor.toml", "--quiet"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "True"


def test_help_lists_the_commands_and_the_exit_codes(shell: Shell) -> None:
    said = shell.done("--help").out
    assert [line.split()[0] for line in said.partition("Commands:\n")[2].partition("\n\n")[0].splitlines()] == [
        *COMMANDS
    ]
    assert "..." not in said.partition("Commands:")[2].partition("Exit")[0]
    words = " ".join(said.split())
    assert "Exit codes: 0 done; 1 an error" in words
    assert "2 a command that cannot be understood; 130 stopped with Ctrl-C" in words


@pytest.mark.parametrize("command", COMMANDS)
def test_each_help_has_an_example_and_a_json(command: str, shell: Shell) -> None:
    said = shell.done(command, "--help").out
    assert f"  whygrad {command}" in said.partition("Example")[2]
    assert "--json" in said
    assert max(map(len, said.splitlines())) <= 80


def test_the_version(shell: Shell) -> None:
    assert shell.done("--version").out == f"whygrad {version('whygrad')}\n"


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["trian", "xor.toml"], "No such command 'trian'"),
        (["train"], "Missing argument 'FILE'"),
        (["train", "xor.toml", "--epochs", "many"], "Input should be a valid integer"),
        (["train", "xor.toml", "--epochs", "-1"], "Input should be greater than or equal to 0"),
        (["train", "xor.toml", "--learning-rate", "0"], "0 is not a number above 0"),
        (["predict", "runs/x", "--threshold", "1.5"], "1.5 is not between 0 and 1"),
        (["predict", "runs/x", "rows.csv", "--row", "x=1"], "give a table or --row, not both"),
        (["compare", "runs/x"], "name two runs at least"),
        (["new", "--kind", "cats"], "'cats' is not one of"),
        (["new", "--target", "y"], "it belongs to --from TABLE"),
        (["train", "xor.toml", "--target", "y"], "it belongs to a table"),
        (["train", "xor.toml", "--json", "--quiet"], "choose --json or --quiet"),
        (["train", "xor.toml", "--process", "0/2"], "only --engine jax trains in several processes"),
        (["train", "xor.toml", "--engine", "jax", "--process", "0/2"], "give it as HOST:PORT, such as node1:9900"),
        (["train", "xor.toml", "--engine", "jax", "--coordinator", "a:1"], "give it as 0/4, 1/4, 2/4, 3/4"),
        (["train", "xor.toml", "--engine", "jax", "--coordinator", "a:1", "--process", "2/2"], "give it as 0/4, 1/4"),
    ],
)
def test_misuse_exits_with_2(words: list[str], complaint: str, shell: Shell) -> None:
    said = shell(*words)
    assert (said.code, said.out) == (2, "")
    assert complaint in said.err


def test_an_error_is_its_text_on_stderr_and_exits_with_1(shell: Shell) -> None:
    said = shell("train", "none.toml")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("WG801 none.toml does not exist\n")


@pytest.mark.parametrize(
    "words", [["schema"], ["train", "xor.toml"], pytest.param(["train", "xor.toml", "--json"], marks=pytest.mark.long)]
)
def test_a_reader_that_leaves_early_is_no_error_and_the_run_is_kept(words: list[str], tmp_path: Path) -> None:
    (tmp_path / "xor.toml").write_text(XOR, encoding="utf-8")
    with process(*words, cwd=tmp_path) as ran:
        assert ran.stdout is not None
        assert ran.stderr is not None
        ran.stdout.close()
        said = ran.stderr.read()
    assert ran.returncode in (0, 1)
    assert "Traceback" not in said
    assert "Broken" not in said
    assert (tmp_path / "runs" / "xor" / "run.json").exists() is (words[0] == "train")


def test_a_terminal_that_knows_only_ascii_gets_ascii(tmp_path: Path, shell: Shell) -> None:
    (tmp_path / "xor.toml").write_text(XOR, encoding="utf-8")
    for out in ("a", "b"):
        shell.done("train", "xor.toml", "-q", "--out", out, "--epochs", str(10 + ord(out)))
    out, err = process("compare", "a", "b", cwd=tmp_path, PYTHONIOENCODING="ascii").communicate()
    assert err == ""
    assert out.isascii()
    assert "?" not in out
    assert "+----" in out


def test_there_are_no_colour_codes_in_a_pipe(tmp_path: Path) -> None:
    (tmp_path / "xor.toml").write_text(XOR, encoding="utf-8")
    out, err = process("train", "xor.toml", cwd=tmp_path, TERM="xterm-256color").communicate()
    assert "\x1b" not in out + err
    assert "epoch 20 of 101: loss 0.5956\n" in err
