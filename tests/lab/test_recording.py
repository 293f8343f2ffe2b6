"""A recorded run holds what the lab would say, and says what it does not hold."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from msgspec import structs

from tests.lab.asking import desk, frame, only, told
from whygrad.errors.lab_tools import RecordingTooLarge
from whygrad.lab.desk import Desk
from whygrad.lab.hosts.chosen import chosen, spread
from whygrad.lab.hosts.packing import packed_text
from whygrad.lab.hosts.recorded_page import lines
from whygrad.lab.hosts.recorded_run import finished, recorded_run
from whygrad.lab.hosts.recorded_words import words_of
from whygrad.lab.hosts.recording import Budget, Recording, losses_of
from whygrad.lab.message import Change, Explain, File, Go, Look, Said, SetWeight, Step, Use, Why
from whygrad.lab.opening import Opening
from whygrad.lab.panels import PANELS
from whygrad.lab.presets import preset

SMALL = Budget(frames=40, drawings=60, derivations=60)


def driven(name: str, updates: int) -> Desk:
    found = desk(preset(name))
    told(found, Step("update", updates))
    return found


def taken(desk: Desk, budget: Budget = SMALL) -> Recording:
    found = Recording(desk, budget)
    for _ in found.take():
        pass
    return found


def read(recording: Recording) -> list[tuple[list[Any], Any]]:
    """The lines as a page reads them."""
    text = zlib.decompress(b64decode(finished(packed_text(lines(recording)))), 31).decode()
    found = [line.split("\t") for line in text.splitlines()]
    return [(json.loads(key), json.loads(answer)) for key, answer in found]


def answers(recording: Recording, kind: str) -> list[tuple[list[Any], Any]]:
    return [(of, answer) for (found, *of), answer in read(recording) if found == kind]


def frames(recording: Recording) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [{}]
    for _, other in answers(recording, "frame"):
        found.append({**found[-1], **other})
    return found[1:]


@pytest.fixture(scope="module")
def students() -> Recording:
    return taken(driven("students", 100))


def test_every_frame_and_its_equations_are_what_the_lab_says(students: Recording) -> None:
    fresh = driven("students", 100)
    moves = {tuple(of): answer for of, answer in answers(students, "move")}
    found = frames(students)
    assert [(each["update"], each["moves"]) for each in found] == sorted(moves)
    for each in found:
        seen = frame(told(fresh, Go(each["update"], each["moves"])))
        assert each == msgspec.to_builtins(seen)
        assert moves[each["update"], each["moves"]] == msgspec.to_builtins(fresh.view.shown().move().document)


def test_every_name_leads_to_the_derivation_that_the_lab_gives(students: Recording) -> None:
    fresh = driven("students", 100)
    names: set[tuple[int, str]] = set()
    for (update, called), document in answers(students, "why"):
        told(fresh, Go(update))
        for name in called:
            assert msgspec.to_builtins(only(told(fresh, Explain(name)), Why).document) == document, name
            names.add((update, name))
    first = {name for update, name in names if update == 0}
    assert {"w", "output.W[0,0]", "dE/dw", "w_new", "b", "net_o1", "output.out[0,0]", "dE/doutput.net[0,0]"} <= first
    assert {"loss", "E_total", "delta_o1", "x[0,0]", "y[0,0]", "learning_rate"} <= first
    assert {update for update, _ in names} > {0, 100}


def test_panels_are_what_they_show_at_each_of_their_places(students: Recording) -> None:
    fresh = driven("students", 100)
    found = [(of[0], place, data) for of, data in answers(students, "panel") for place in of[1]]
    offered = fresh.what_there_is()
    assert {name for name, _, _ in found} == {*offered.parts, *(each["name"] for each in offered.panels)}
    assert {tuple(place) for _, place, _ in found} >= {(0, 0), (0, 4), (100, 0)}
    for name, (update, moves), data in found:
        told(fresh, Go(update, moves))
        panel = PANELS[name]
        assert msgspec.json.decode(msgspec.json.encode(panel.draw(fresh.sight(), panel.settings()))) == data


def test_the_rest_is_what_a_page_is_told_first(students: Recording) -> None:
    fresh = driven("students", 100)
    ((_, opened),) = answers(students, "opened")
    expected = {
        **msgspec.to_builtins(fresh.what_there_is()),
        "presets": [],
        "jumps": [],
        "pages": [],
        "session": "",
        "server": "",
    }
    assert opened == expected
    assert answers(students, "losses") == [([], fresh.session.losses())]
    ((_, recorded),) = answers(students, "recorded")
    assert recorded["words"] == words_of(students)
    assert recorded["settings"]["confusion"] == {}


def test_the_desk_stays_where_it_is() -> None:
    driving, other = driven("students", 30), driven("students", 30)
    for each in (driving, other):
        told(each, Go(7, 2))
    taken(driving)
    for request in (Step(), Step("update"), Step(count=3, back=True)):
        assert told(driving, request) == told(other, request)


def test_a_run_that_was_changed_on_the_way_is_recorded_as_it_was() -> None:
    driving = driven("students", 3)
    told(driving, SetWeight("w", 2.5))
    told(driving, Step("update", 2))
    told(driving, Change("training.learning_rate", 0.5))
    told(driving, Step("update"))
    found = taken(driving)
    weights = [each["weights"]["output.W"] for each in frames(found) if each["moves"] == 0]
    assert weights[3] == [[2.5]]
    assert weights == [
        msgspec.to_builtins(frame(told(driving, Go(update))).weights["output.W"]) for update in range(len(weights))
    ]
    assert "The run was changed by hand at update 3 and 5; the settings shown are the last ones." in words_of(found)


def test_another_row_is_recorded_where_it_is_looked_at() -> None:
    driving = driven("students", 0)
    assert told(driving, Change("training.batch_size", "all"))
    told(driving, Look(2))
    found = taken(driving)
    assert {each["row"] for each in frames(found)} == {2}
    assert any("[2,0]" in name for (_, names), _ in answers(found, "why") for name in names)


@pytest.mark.parametrize(
    ("end", "per_epoch", "first", "count"), [(12_004, 4, 3, 85), (100, 1, 3, 60), (5_000, 5_000, 3, 20), (7, 2, 3, 2)]
)
def test_the_updates_that_are_looked_at(end: int, per_epoch: int, first: int, count: int) -> None:
    found = chosen(end, per_epoch, first, count)
    assert found == sorted(set(found))
    assert len(found) == count
    assert {0, end} <= set(found)
    others = [each for each in found if each >= first and each != end]
    if end // per_epoch >= count > first:
        assert set(range(first)) <= set(found)
        assert all(each % per_epoch == 0 for each in others)
        # Early ones, and nowhere nothing.
        assert len([each for each in others if each < end / 4]) >= count / 3
        assert max(after - before for before, after in pairwise(found)) <= 4 * end / count


def test_a_short_run_is_there_whole() -> None:
    assert chosen(5, 2, 3, 6) == [0, 1, 2, 3, 4, 5]
    assert chosen(0, 4, 3, 6) == [0]


def test_wherever_one_stops_none_is_far() -> None:
    assert list(spread([5])) == [5]
    assert list(spread(range(9))) == [0, 8, 4, 2, 6, 1, 3, 5, 7]


@pytest.mark.parametrize(
    ("budget", "word"),
    [
        (Budget(frames=20), "4 of them are here"),
        (Budget(frames=20, derivations=6), "There was no room for derivations of"),
        (Budget(frames=20, piece=100), "the panel “Confusion matrix”, which shows too much"),
        (Budget(frames=20, drawings=5), "Panels show updates 0 and 100; elsewhere"),
    ],
)
def test_what_there_is_no_room_for_is_said(budget: Budget, word: str) -> None:
    found = taken(driven("students", 100), budget)
    assert any(word in each for each in words_of(found)), words_of(found)
    assert sum(map(len, found.frames.values())) <= budget.frames
    assert sum(map(len, found.whys.values())) <= budget.derivations
    assert all(len(document) <= budget.piece for each in found.whys.values() for _, document in each)


def test_bytes_and_seconds_have_an_end() -> None:
    driving = driven("students", 300)
    whole = taken(driving, Budget(frames=200, drawings=60, derivations=60))
    small = taken(driving, Budget(frames=200, drawings=60, derivations=60, packed=20_000))
    assert len(whole.frames) > len(small.frames) >= 2
    assert len(finished(packed_text(lines(small)))) < 20_000 * 4 / 3 < len(finished(packed_text(lines(whole))))
    ticking = iter(range(10_000))
    hurried = Recording(driving, Budget(seconds=40), clock=lambda: float(next(ticking)))
    for _ in hurried.take():
        pass
    # One piece of work takes a second on this clock, and what was begun is ended: the panels of the first update.
    assert len(hurried.frames) == 5
    assert 40 < hurried.spent < 60
    assert sum(map(len, hurried.whys.values())) < 5
    with pytest.raises(RecordingTooLarge) as told_why:
        taken(driving, Budget(packed=200))
    assert told_why.value.most == 200


def test_a_long_curve_has_fewer_digits_and_no_infinity() -> None:
    assert losses_of([1 / 3, float("nan")]) == [1 / 3, None]
    assert losses_of([1 / 3, float("inf")] * 10_001)[:2] == [0.3333333, None]


def test_an_experiment_is_trained_as_long_as_it_says() -> None:
    experiment = preset("students")
    short = structs.replace(experiment, training=structs.replace(experiment.training, epochs=3))
    recording, page = recorded_run(Opening(short), SMALL)
    assert recording.session.end == 12
    assert "<title>Pass or fail, from the hours studied: a recorded run</title>" in page
    assert words_of(recording)[0].startswith("This is a recorded run of 12 updates: ")
    assert recorded_run(Opening(short, update=2), SMALL)[0].session.end == 2


def test_a_run_that_broke_says_where() -> None:
    experiment = preset("xor")
    wild = structs.replace(experiment, training=structs.replace(experiment.training, learning_rate=1e200))
    recording, _ = recorded_run(Opening(wild), SMALL)
    assert recording.session.end < 5
    assert any(each.startswith("The run ended early: ") for each in words_of(recording))
    assert "NaN" in json.dumps(frames(recording)) or "Infinity" in json.dumps(frames(recording))


def test_a_page_gets_its_run_as_a_file_and_others_have_their_turn() -> None:
    driving = driven("students", 20)
    found = list(driving.answers(Use("record")))
    said, file = (each for each in found if each is not None)
    assert isinstance(said, Said)
    assert isinstance(file, File)
    assert (file.name, file.type) == ("run.html", "text/html")
    assert "This is a recorded run" not in file.text  # it is packed
    recording = taken(driving, Budget())
    assert found.count(None) > sum(map(len, recording.frames.values())) + sum(map(len, recording.whys.values()))


def test_a_pause_ends_the_recording() -> None:
    driving = driven("students", 20)
    work = driving.answers(Use("record"))
    next(work)
    driving.stop = "asked"
    rest = [each for each in work if each is not None]
    assert [each.what for each in rest if isinstance(each, Said)] == ["the recording was ended, so there is no file"]
    assert len(rest) == 1


def test_where_the_time_is_over_the_file_holds_what_was_taken_by_then() -> None:
    driving = driven("students", 20)
    work = driving.answers(Use("record"))
    found = [next(work) for _ in range(40)]
    driving.stop = "time"
    file = only([each for each in (*found, *work) if each is not None], File)
    assert not vars(driving)["stop"]
    packed = file.text.partition('id="recording">')[2].partition("<")[0]
    text = zlib.decompress(b64decode(packed), 31).decode()
    assert "There was no room for more: the time of one request was over." in text
    assert 0 < text.count('["frame"]') < 21 * 5
