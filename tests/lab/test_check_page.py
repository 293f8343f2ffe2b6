"""Notes that a page has marked: the words of `whygrad check`, in a process that can be ended, beside other sessions."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from tests.check.marked import network
from tests.lab.asking import Socket, desk, lab, only, page, told
from whygrad.explain import element_called
from whygrad.lab.apart import marker
from whygrad.lab.apart.apart import GRACE, Apart
from whygrad.lab.apart.marker import Gone, Marker, Markers
from whygrad.lab.apart.wish import Outcome, Wish
from whygrad.lab.apart.work import outcome_of
from whygrad.lab.limits import Limits
from whygrad.lab.message import File, Said, Told, Use
from whygrad.lab.pages import pages_for
from whygrad.lab.presets import HOME, preset
from whygrad.lab.samples import NAMES, sample
from whygrad.pipeline.derivation import explain
from whygrad.pipeline.marking import check
from whygrad.pipeline.papers import steps
from whygrad.render.live import live
from whygrad.spec import parse_experiment, write_experiment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whygrad.lab.desk import Desk

ROOT = Path(__file__).parents[2]
NOTES = "net_H1 = 0.15·0.05 + 0.20·0.10 + 0.35 = 0.3775\nnet_H1 = 0.3825\nout_H1 = 0.5945\n"
# Wrong numbers, of which the causes are looked for among more paths than there is time for.
WRONG_ONES = "\n".join(f"dE/dw{number} = 0.1234" for number in range(1, 31))
SLOW = f"""
```whygrad
{network("2 -> 16 sigmoid -> 18 sigmoid -> 2 sigmoid", "mean squared-error", 2, 2)}
```

{WRONG_ONES}
"""


def marked(text: str, at: Desk | None = None, **asked: Any) -> dict[str, Any]:
    """What a page is told of notes."""
    return told_of(at or desk(preset("notes-222")), text=text, **asked)


def told_of(at: Desk, **asked: Any) -> dict[str, Any]:
    answer = answered(at, **asked)
    assert isinstance(answer, Told)
    return dict(answer.data)


def answered(at: Desk, **asked: Any) -> Any:
    """What comes of a request, worked out here."""
    assert told(at, Use("check", asked)) == []
    return at.apart.next(lambda wish, _: outcome_of(wish))


def said(found: dict[str, Any]) -> list[str]:
    """Marks as the command line says them, without its margins."""
    lines = []
    for each in found["marks"]:
        lines.append(f"{each['line']} {each['sign']} {each['word']} {each['written']}")
        lines += [f"{each['of_right']}: {each['right']}"] if each["right"] else []
        lines += each["said"]
    return lines


@pytest.mark.parametrize("name", NAMES)
def test_a_page_says_what_whygrad_check_says(name: str) -> None:
    """Word for word, against the network that the notes name, which is a preset."""
    notes = sample(name)
    found = marked(notes["text"], against=notes["against"])
    text = check(ROOT / "examples" / "notes" / f"{name}.md").text(10_000)
    for line in said(found):
        assert " ".join(line.split()) in " ".join(text.split())
    assert text.rstrip().endswith(found["counted"])
    assert found["opens"] == (None if notes["against"] == "nothing" else {"preset": name})


def test_without_a_network_of_their_own_they_are_held_against_that_of_the_lab_at_its_start() -> None:
    seated = desk(preset("notes-222"))
    list(seated.answers(Use("check", {"text": ""})))
    list(seated.session.on_the_way(0))
    seated.session.go(7)
    found = marked(NOTES, seated)
    words = [each["word"] for each in found["marks"]]
    assert words == ["right", "wrong", "follows"]
    assert found["about"] == (
        "Marked against the network in the lab (A 2-2-2 network worked by hand), in its first step."
    )
    assert found["counted"] == "1 error. 1 right, 1 follows from an error."
    assert found["marks"][2]["said"] == ["It is right given line 2."]
    assert found["opens"] is None
    assert seated.session.place.update == 7


def test_against_nothing_only_what_is_computed_is_marked() -> None:
    found = marked("net_H1 = 2 + 2 = 5", against="nothing")
    assert found["about"].startswith("No network is given")
    assert [each["kind"] for each in found["marks"]] == ["error"]


def test_another_network_in_the_lab_gives_other_marks() -> None:
    seated = desk(preset("notes-222"))
    seated.session.set_weight("w1", 0.5)
    assert [each["word"] for each in marked("w1 = 0.15", seated)["marks"]] == ["right"]  # as it began
    other = preset("notes-222")
    changed = msgspec.structs.replace(other, training=msgspec.structs.replace(other.training, learning_rate=0.25))
    seated.session.change(changed)
    assert [each["word"] for each in marked("learning rate = 0.5", seated)["marks"]] == ["contradicts"]


def test_the_network_that_the_notes_give_counts_and_can_be_opened() -> None:
    text = f"```whygrad\n{write_experiment(preset('live-221'))}\n```\n\nh1 = 0.5474\n"
    found = marked(text)
    assert found["about"] == "Marked against the network that they give."
    assert [each["word"] for each in found["marks"]] == ["right"]
    assert parse_experiment(found["opens"]["experiment"], "") == parse_experiment(
        write_experiment(preset("live-221")), ""
    )


def test_a_wrong_line_has_the_correct_one_beside_it_and_each_quantity_its_derivation() -> None:
    found = marked(NOTES)
    right, wrong, _ = found["marks"]
    assert (right["correct"], right["names"]) == (None, [{"name": "net_H1", "step": 0}])
    (line,) = wrong["correct"]["sections"][0]["blocks"][0]["lines"]
    numbers = re.findall(r'"data-ref": "([^"]*)", "data-value": "([^"]*)"', json.dumps(line))
    assert numbers[-1] == ("hidden.net[0,0]", "0.3775")
    answer = told_of(desk(preset("notes-222")), text=NOTES, want="why", of="net_H1", number=4)
    first, _ = steps(preset("notes-222"), HOME)
    derivation = explain(first.trace, "net_H1", torch=False)
    document = live(derivation.document, derivation.numbers)
    assert answer == {"number": 4, "of": "net_H1", "step": 0, "document": document}


def test_what_follows_the_update_is_derived_from_the_step_after_it() -> None:
    _, second = steps(preset("notes-222"), HOME)
    assert second is not None
    value = element_called(second, "net_H1").value
    found = marked(f"# After the update\n\nnet_H1 = {value:.6f}")
    (name,) = found["marks"][0]["names"]
    assert name == {"name": "net_H1", "step": 1}
    document = told_of(desk(preset("notes-222")), text="", want="why", of="net_H1", step=1)["document"]
    assert document == live(explain(second.trace, "net_H1", torch=False).document)


def test_marks_are_kept_as_the_page_that_the_command_writes() -> None:
    answer = answered(desk(preset("notes-222")), text=sample("notes-222")["text"], want="page", place="homework.md")
    assert isinstance(answer, File)
    assert (answer.name, answer.type) == ("homework-marked.html", "text/html")
    assert "w2 and w3 exchanged" in answer.text
    refused = answered(desk(preset("notes-222")), text="+++", want="page")
    assert isinstance(refused, Said)
    assert refused.code == "WG1103"


FILE = "+++\nnetwork = 'secrets/experiment.toml'\n+++\nw1 = 1"
SMALL = (
    "[network]\nlayers = '{}'\n[training]\nloss = 'mean squared-error'\nlearning_rate = 1\nepochs = 1\n"
    "seed = 1\nbatch_size = 'all'\n"
)
OF_A_FILE = f"```whygrad\n[data]\nfile = 'secrets.csv'\ntarget = 'y'\n{SMALL.format('1 -> 1')}```\n"
LARGE = f"```whygrad\n[data]\ntoy = 'xor'\n{SMALL.format('2 -> 9000 -> 1')}```\n"
FAULTS = [
    (FILE, "WG1030", None),
    (OF_A_FILE, "WG1006", None),
    (LARGE, "WG1001", None),
    ("+++\naliases = { a = 1 }\n+++\n", "WG1106", 2),
    ("one\n\n+++\n```whygrad\n[data]", "WG1103", 4),
    ("x" * 100_001, "WG1031", None),
    ("{\\rtf1 notes", "WG1101", None),
]


@pytest.mark.parametrize(("text", "code", "line"), FAULTS, ids=[code for _, code, _ in FAULTS])
def test_what_cannot_be_marked_is_said_beside_the_notes(text: str, code: str, line: int | None) -> None:
    found = marked(text, number=3)
    assert (found["fault"]["code"], found["fault"]["line"], found["number"]) == (code, line, 3)


def test_a_file_that_is_no_text_is_called_what_it_is() -> None:
    start = b64encode(b"\x89PNG\r\n\x1a\n\x00\x00").decode()
    assert marked("", start=start, place="photo.png")["fault"]["what"] == "photo.png is a picture (PNG)"
    assert "UTF-8" in marked("", start=b64encode(b"gr\xfcn").decode())["fault"]["what"]


def test_a_network_too_large_for_notes_is_refused_and_their_arithmetic_is_still_marked() -> None:
    large = parse_experiment(network("2 -> 100 sigmoid -> 2 sigmoid", "mean squared-error", 2, 2), "")
    assert marked("2 + 2 = 5", desk(large))["fault"]["code"] == "WG1109"
    assert marked("2 + 2 = 5", desk(large), against="nothing")["counted"].startswith("1 error")


def test_a_fault_of_whygrad_itself_is_said_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr("whygrad.lab.apart.work.held_against", fail)
    assert marked("1 = 1")["fault"]["code"] == "WG1033"


def test_the_samples_are_listed_with_their_titles() -> None:
    first = only(told(desk(), Use("sample")), Told).data
    assert [each["title"] for each in first["samples"]] == [
        "A 2-2-2 network by hand",
        "One step of a 2-2-1 network",
        "From one neuron to blame",
    ]
    assert first["most"] == Limits().notes
    second = only(told(desk(), Use("sample", {"name": "concepts"})), Told).data["notes"]
    assert second["text"] == (ROOT / "examples" / "notes" / "concepts.md").read_text(encoding="utf-8")
    assert only(told(desk(), Use("sample", {"name": "../secret"})), Said).code == "WG1034"


def test_the_page_is_offered() -> None:
    stretch = desk(preset("xor")).session.stretches[-1]
    assert {"name": "check", "title": "Check"} in pages_for(stretch.ready)


# Work that is done apart


def wish(number: int = 0, text: str = "1 + 1 = 3", **more: Any) -> Wish:
    return Wish("marks", number, text, **more)


def test_of_each_kind_only_the_newest_is_worked_out() -> None:
    apart, seen = Apart(), []
    for number in range(3):
        apart.wish(wish(number))
    apart.wish(Wish("why", 9, "", of="w1"))

    def ask(each: Wish, _: object) -> Outcome:
        seen.append(each.number)
        return Outcome()

    while apart.next(ask) is not None:
        pass
    assert seen == [2, 9]


def test_newer_notes_end_the_work_on_older_ones_after_a_while() -> None:
    apart, asked = Apart(), []

    def ask(each: Wish, is_over: Any) -> Outcome | None:
        asked.append(each.number)
        if each.number == 1:
            return Outcome({"it": "is"})
        assert not is_over(GRACE + 1)
        apart.wish(wish(1))
        assert not is_over(GRACE / 2)
        assert is_over(GRACE + 1)
        return None

    apart.wish(wish(0))
    answer = apart.next(ask)
    assert asked == [0, 1]
    assert isinstance(answer, Told)
    assert answer.data == {"number": 1, "it": "is"}


def test_nobody_waits_for_a_session_that_has_ended() -> None:
    apart = Apart()
    apart.wish(wish())
    apart.leave()
    assert apart.next(lambda *_: Outcome()) is None


@pytest.fixture(scope="module")
def marker_() -> Iterator[Marker]:
    found = Marker()
    yield found
    found.close()


def never(_: float) -> bool:
    return False


@pytest.mark.long
def test_a_process_answers_and_what_takes_too_long_ends_it(marker_: Marker) -> None:
    """All of it in one test: each process takes a second to start."""
    first = marker_.ask(wish(), never)
    assert first is not None
    assert first.told["counted"].startswith("1 error")
    process = marker_.process
    again = marker_.ask(wish(text="1 + 1 = 2"), never)
    assert again is not None
    assert again.told["counted"].startswith("No errors")
    assert marker_.process is process
    start = monotonic()
    assert marker_.ask(wish(text=SLOW), lambda seconds: seconds > 0.3) is None
    assert monotonic() - start < 2
    assert process is not None
    assert process.returncode is not None


def test_a_process_that_does_not_start_or_ends_early_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    apart = Apart()
    for command, words in (("raise SystemExit", "did not start"), ("print('ready')", "before it answered")):
        monkeypatch.setattr(marker, "COMMAND", command)
        found = Marker()
        with pytest.raises(Gone, match=words):
            found.ask(wish(), never)
        apart.wish(wish())
        answer = apart.next(found.ask)
        assert isinstance(answer, Told)
        assert answer.data["fault"]["code"] == "WG1033"
        found.close()


def test_a_closed_lab_starts_nothing_more() -> None:
    markers = Markers(1)
    markers.close()
    assert markers.ask(wish(), never) is None
    markers.close()


def marks_next(socket: Socket) -> dict[str, Any]:
    while (message := socket.hear("told"))["tool"] != "check":
        pass
    data: dict[str, Any] = message["data"]
    return data


def test_notes_that_take_long_stop_nobody_and_are_given_up() -> None:
    limits = Limits(marking=1.0)
    with lab(limits) as browser, page(browser) as slow, page(browser) as other:
        for socket in (slow, other):
            socket.ask("opened", "open", preset="notes-222")
            socket.hear("why")
        slow.say("use", tool="check", ask={"text": SLOW, "number": 1})
        other.say("use", tool="check", ask={"text": NOTES, "number": 2})
        waited = []
        for _ in range(8):
            start = monotonic()
            other.ask("frame", "step")
            waited.append(monotonic() - start)
            sleep(0.05)
        assert sorted(waited)[4] < 0.25
        assert marks_next(other)["counted"].startswith("1 error")
        fault = marks_next(slow)["fault"]
        assert fault["code"] == "WG1032"
        assert fault["what"].startswith("this takes longer than 1 seconds")
        slow.ask("frame", "step")


WRONG = [{}, {"text": 1}, {"text": "", "number": -1}, {"text": "", "want": "all"}, {"text": "", "start": "!"}, {"a": 1}]


@pytest.mark.parametrize("ask", WRONG, ids=str)
def test_what_is_not_understood_is_said(ask: dict[str, Any]) -> None:
    assert only(told(desk(), Use("check", ask)), Said).code == "WG1003"
