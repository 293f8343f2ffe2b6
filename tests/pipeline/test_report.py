"""The page of a run: its numbers are the run's, it stands alone, and hostile names stay text."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from whygrad import Data, Loss, Network, Run, Split, Training, train
from whygrad.pipeline import report
from whygrad.render.numbers import percent
from whygrad.spec import Toy


class Reader(HTMLParser):
    """Collects headings, table cells and what the page would load."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self.open[-1] if self.open else "", data.strip()))

    def inside(self, tag: str) -> list[str]:
        """The texts directly inside a tag."""
        return [text for where, text in self.texts if where == tag]


@pytest.fixture(scope="module")
def penguins_like() -> Run:
    """A run with a test part, classes and more than two inputs."""
    return train(
        Network(layers="in -> 4 relu -> out softmax"),
        Training(
            loss=Loss("cross-entropy", "mean"),
            learning_rate=0.1,
            epochs=4,
            batch_size=8,
            split=Split(validation=0.2, test=0.2),
        ),
        Data(toy=Toy("gaussians", rows=60, noise=0.3)),
    )


def test_the_sections_stand_in_order(penguins_like: Run) -> None:
    found = Reader(report.html(penguins_like)).inside("h2")
    assert found == ["In short", "The data", "The network", "Losses", "What was learned", "Weights", "Settings"]


def test_the_figures_are_the_runs_own(penguins_like: Run) -> None:
    text = report.html(penguins_like)
    for part in ("training", "validation", "test"):
        assert f"{part} accuracy" in text
    figures = penguins_like.metrics("test")
    assert f"<dt>test accuracy</dt><dd>{percent(figures['accuracy'])}</dd>" in text
    assert repr(figures["loss"]) in text
    for name, value in penguins_like.weights().items():
        row = re.search(rf'<th scope="row">{name}</th>(.*?)</tr>', text, re.DOTALL)
        assert row, name
        assert repr(penguins_like.at(0)[name]) in row[1]
        assert repr(value) in row[1]


def test_the_page_loads_nothing(penguins_like: Run) -> None:
    reader = Reader(report.html(penguins_like))
    for tag, attributes in reader.tags:
        assert tag not in ("script", "link", "img", "iframe")
        for name in ("src", "href", "xlink:href"):
            assert (attributes.get(name) or "#").startswith(("#", "data:image/png;base64,"))


def test_names_of_users_stay_text(tmp_path: Path) -> None:
    rows: dict[str, list[object]] = {"<b>x</b>": [0.0, 1.0, 2.0], 'y"&<script>': [0.0, 1.0, 2.0]}
    run = train(
        Network(layers="1 -> 2 tanh -> 1"),
        Training(loss=Loss("squared-error", "sum"), learning_rate=0.1, epochs=1, batch_size="all"),
        rows,
        target='y"&<script>',
    )
    text = run.report(tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<script" not in text
    assert "<b>" not in text
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_a_run_that_went_wrong_says_where() -> None:
    with pytest.warns(RuntimeWarning, match="^training stopped: WG501 "):
        run = train(
            Network("2 -> 8 relu -> 1"),
            Training(loss=Loss("squared-error", "sum"), learning_rate=5.0, epochs=100, batch_size="per row"),
            Data(toy=Toy("xor")),
        )
    assert run.fault is not None
    text = report.html(run)
    assert "WG501" in text
    assert "stopped: a value was no longer a finite number" in text


def test_no_epochs_is_still_a_page() -> None:
    run = train(
        Network(layers="2 -> 1"),
        Training(loss=Loss("squared-error", "sum"), learning_rate=0.1, epochs=0, batch_size="all"),
        Data(toy=Toy("xor")),
    )
    assert "No epoch was run." in report.html(run)


def test_an_error_is_text_that_wraps_and_an_arrow_is_one_character() -> None:
    with pytest.warns(RuntimeWarning):
        run = train(
            Network("2 -> 8 relu -> 1"),
            Training(loss=Loss("squared-error", "sum"), learning_rate=5.0, epochs=100, batch_size="per row"),
            Data(toy=Toy("xor")),
        )
    text = report.html(run)
    for line in str(run.fault).splitlines():
        assert f"<p>{escape(line.strip())}</p>" in text
    assert "<h1>2 → 8 relu → 1</h1>" in text
    assert re.findall(r".*-&gt;.*", text) == ["layers = &quot;2 -&gt; 8 relu -&gt; 1&quot;"]


def test_the_data_and_every_numeric_target() -> None:
    rows: dict[str, list[object]] = {
        "size": [1.0, None, 3.0, 5.0],
        "kind": ["a", "b", "a", "b"],
        "y1": [1.0, 2.0, 3.0, 4.0],
        "y2": [0.0, 0.5, 0.0, 0.5],
    }
    run = train(
        Network("in -> out"),
        Training(loss=Loss("squared-error", "mean"), learning_rate=0.1, epochs=1, batch_size="all"),
        Data(target=("y1", "y2"), missing="mean", scale="standard", scale_target="standard"),
        rows=rows,
    )
    text = report.html(run)
    cells = re.findall(r'<tr><th scope="row">(\w+)</th><td>(input|target)</td><td>(.*?)</td></tr>', text)
    assert cells == [
        ("size", "input", "number, minus 3, divided by 1.414; missing ones are 3"),
        ("kind", "input", "one input for each of a, b"),
        ("y1", "target", "number, minus 2.5, divided by 1.118"),
        ("y2", "target", "number, minus 0.25, divided by 0.25"),
    ]
    assert "<dt>training rows</dt><dd>4</dd>" in text
    for name in ("y1", "y2"):
        assert f"Predictions of {name} on the training part." in text
        assert f"Predicted and true {name}" in text
