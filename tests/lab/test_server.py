"""Pages and their sessions: nothing is lost on the way, and nobody is in another's way."""

from __future__ import annotations

import json
from dataclasses import replace
from time import monotonic, sleep

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.websockets import WebSocketDisconnect

from tests.lab.asking import Message, Socket, lab, page
from whygrad.lab.limits import Limits
from whygrad.lab.opening import Opening
from whygrad.lab.presets import preset
from whygrad.spec import write_experiment

LIMITS = Limits()


def without_ends(frame: Message) -> Message:
    return {name: value for name, value in frame.items() if name not in ("end", "playing")}


def test_a_page_opens_steps_and_gets_the_equations_after_the_frame() -> None:
    with lab() as browser, page(browser) as socket:
        opened = socket.ask("opened", "open")
        assert opened["network"]["layers"][1]["name"] == "hidden"
        assert socket.hear("frame")["update"] == 0
        assert socket.hear("why")["document"]["title"] == "Before the first move"
        assert socket.ask("frame", "step")["moves"] == 1
        why = socket.hear("why")
        assert (why["of"], why["moves"]) == ("", 1)
        assert socket.ask("why", "explain", of="w1")["of"] == "w1"


@pytest.mark.parametrize("name", ["xor", "students", "live-221", "notes-222", "chain-depth"])
def test_every_preset_opens(name: str) -> None:
    with lab() as browser, page(browser) as socket:
        opened = socket.ask("opened", "open", preset=name)
        assert opened["experiment"]["title"] == preset(name).title
        for _ in range(len(socket.hear("frame")["steps"])):
            seen = socket.ask("frame", "step")
            assert socket.hear("why")["document"]["sections"][0]["blocks"]
        assert seen["gradients"]


def test_an_experiment_as_text_opens_and_its_errors_name_the_line() -> None:
    text = write_experiment(preset("students"))
    with lab() as browser, page(browser) as socket:
        assert socket.ask("opened", "open", experiment=text)["text"] == text
        socket.say("open", experiment=text.replace("learning_rate = 0.1", "learning_rate = 0"))
        said = said_next(socket)
        assert said["code"] == "WG206"
        assert said["what"].startswith("the experiment, line ")
        assert socket.ask("frame", "step")["moves"] == 1


def said_next(socket: Socket) -> Message:
    """The next thing that is said, errors among them."""
    while (message := json.loads(socket.session.receive_text()))["is"] != "said":
        pass
    return dict(message)


def test_a_page_that_comes_back_finds_everything_as_it_was() -> None:
    with lab() as browser:
        with page(browser) as socket:
            opened = socket.ask("opened", "open", preset="notes-222")
            socket.hear("frame")
            socket.ask("frame", "change", key="training.learning_rate", value=0.25)
            socket.ask("frame", "step", unit="update", count=7)
            before = socket.ask("frame", "step", count=3)
        with page(browser) as socket:
            again = socket.ask("opened", "open", session=opened["session"])
            assert (again["session"], again["server"]) == (opened["session"], opened["server"])
            assert again["experiment"]["training"]["learning_rate"] == 0.25
            assert len(socket.hear("curve")["losses"]) == 7
            assert socket.hear("frame") == before
            assert socket.hear("why")["moves"] == before["moves"]


def test_another_server_is_told_by_its_name_and_the_session_begins_again() -> None:
    with lab() as browser, page(browser) as socket:
        first = socket.ask("opened", "open")
    with lab() as browser, page(browser) as socket:
        socket.say("open", session=first["session"], preset="students")
        assert said_next(socket)["code"] == "WG1013"
        second = socket.hear("opened")
        assert second["server"] != first["server"]
        assert second["experiment"]["title"] == preset("students").title


def test_a_second_page_takes_a_session_over() -> None:
    with lab() as browser, page(browser) as one:
        name = one.ask("opened", "open")["session"]
        one.hear("why")
        with page(browser) as other:
            assert other.ask("opened", "open", session=name)["session"] == name
            with pytest.raises(WebSocketDisconnect) as gone:
                one.hear("nothing")
            assert gone.value.code == 4001
            other.hear("frame")
            assert other.ask("frame", "step")["moves"] == 1


def test_a_page_that_comes_back_in_the_middle_of_long_work_sees_it_at_once() -> None:
    with lab() as browser:
        with page(browser) as socket:
            name = socket.ask("opened", "open")["session"]
            socket.hear("frame")
            socket.say("step", unit="update", count=100_000)
            socket.hear("frame")
        with page(browser) as socket:
            socket.say("open", session=name)
            first = json.loads(socket.session.receive_text())
            assert (first["is"], first["session"]) == ("opened", name)
            assert socket.hear("curve")["start"] == 0
            assert 0 < socket.hear("frame")["update"] < 100_000
            assert 0 < socket.hear("frame")["update"] < 100_000
            socket.say("pause")


def test_another_preset_on_the_same_page_takes_no_second_seat() -> None:
    with lab(replace(LIMITS, sessions=2)) as browser, page(browser) as socket:
        names = {
            socket.ask("opened", "open", preset=name)["session"] for name in ("xor", "students", "xor", "live-221")
        }
        assert len(names) == 4
        assert browser.get("/api/health").json()["sessions"] == 1
        socket.hear("why")
        assert socket.ask("frame", "step")["moves"] == 1


def test_it_plays_until_a_pause_and_never_faster_than_a_page_can_draw() -> None:
    with lab() as browser, page(browser) as socket:
        socket.ask("opened", "open")
        socket.hear("frame")
        socket.say("play", unit="epoch", per_second=60)
        start = monotonic()
        seen = [socket.hear("frame") for _ in range(11)]
        assert monotonic() - start > 9 / 25
        assert all(each["playing"] for each in seen)
        assert seen[-1]["epoch"] > seen[0]["epoch"] + 10
        socket.say("pause")
        while (last := socket.hear("frame"))["playing"]:
            pass
        assert socket.ask("frame", "look", row=0)["update"] == last["update"]


def test_a_pause_ends_a_long_step() -> None:
    with lab() as browser, page(browser) as socket:
        socket.ask("opened", "open")
        socket.hear("frame")
        socket.say("step", unit="update", count=100_000)
        sleep(0.05)
        socket.say("pause")
        while not 0 < (last := socket.hear("frame"))["update"] < 100_000:
            pass
        assert socket.ask("frame", "step", unit="update")["update"] >= last["update"]


def test_a_long_step_shows_how_far_it_is_and_stops_when_its_time_is_over() -> None:
    with lab(replace(LIMITS, request=0.5)) as browser, page(browser) as socket:
        socket.ask("opened", "open")
        socket.hear("frame")
        socket.say("step", unit="update", count=100_000)
        assert 0 < socket.hear("frame")["update"] < 100_000
        assert said_next(socket)["code"] == "WG1005"
        assert 0 < socket.hear("frame")["update"] < 100_000


def test_others_are_answered_while_one_asks_for_much() -> None:
    with lab() as browser, page(browser) as greedy, page(browser) as modest:
        for socket in (greedy, modest):
            socket.ask("opened", "open")
            socket.hear("why")
        greedy.say("step", unit="update", count=100_000)
        waited = []
        for _ in range(10):
            start = monotonic()
            modest.ask("frame", "step")
            waited.append(monotonic() - start)
        assert sorted(waited)[5] < 0.25
        greedy.say("pause")


def test_sessions_do_not_know_each_other() -> None:
    with lab() as browser, page(browser) as one, page(browser) as other:
        names = {socket.ask("opened", "open")["session"] for socket in (one, other)}
        assert len(names) == 2
        one.ask("frame", "step", unit="update", count=9)
        other.hear("frame")
        assert other.ask("frame", "step")["update"] == 0


def test_no_more_sessions_than_there_are_seats_and_a_seat_left_for_long_is_free() -> None:
    limits = replace(LIMITS, sessions=1, kept=0.2)
    with lab(limits) as browser:
        with page(browser) as one, page(browser) as other:
            one.ask("opened", "open")
            other.say("open")
            assert said_next(other)["code"] == "WG1002"
        sleep(0.3)
        with page(browser) as other:
            other.ask("opened", "open")


def test_a_page_that_is_closed_for_long_stops_its_work() -> None:
    with lab(replace(LIMITS, closed=0.1)) as browser:
        with page(browser) as socket:
            name = socket.ask("opened", "open")["session"]
            socket.say("play", unit="update", per_second=60)
            socket.hear("frame")
        sleep(0.4)
        with page(browser) as socket:
            socket.ask("opened", "open", session=name)
            stopped = socket.hear("frame")
            assert stopped["playing"] is False
            assert stopped["update"] < 40


def test_a_run_opens_as_far_as_it_was_trained() -> None:
    with lab(opening=Opening(preset("xor"), update=40)) as browser, page(browser) as socket:
        name = socket.ask("opened", "open")["session"]
        while (seen := socket.hear("frame"))["update"] < 40:
            pass
        assert seen["end"] == 40
        socket.ask("frame", "reset")
        with page(browser) as again:
            again.ask("opened", "open", session=name)
            assert again.hear("frame")["end"] == 0


def test_requests_that_come_too_fast_are_refused_in_words() -> None:
    with lab(replace(LIMITS, waiting=2)) as browser, page(browser) as socket:
        socket.ask("opened", "open")
        socket.hear("why")
        for _ in range(30):
            socket.say("explain", of="w1")
        assert said_next(socket)["code"] == "WG1009"


def test_nothing_before_a_session_is_open() -> None:
    with lab() as browser, page(browser) as socket:
        socket.say("step")
        assert said_next(socket)["code"] == "WG1008"
        socket.say("open", preset="nothing")
        assert said_next(socket)["code"] == "WG1007"
        socket.ask("opened", "open")


WRONG = [
    b"",
    b"\xff\xfe",
    b"{",
    b"null",
    b"[]",
    b'{"do": "fly"}',
    b'{"do": "step", "count": -1}',
    b'{"do": "step", "count": 1e400}',
    b'{"do": "step", "count": 99999999999999999999999}',
    b'{"do": "step", "more": 1}',
    b'{"do": "set-weight", "name": "w1", "value": NaN}',
    b'{"do": "play", "per_second": 0}',
    b'{"do": "explain", "of": ""}',
    b"[" * 100_000,
    b'{"do": "change", "key": "title", "value": ' + b"[" * 5_000 + b"]" * 5_000 + b"}",
    b'{"do": "change", "key": "title", "value": ' + b"[" * 60 + b"]" * 60 + b"}",
    b'{"do": "change", "key": "title", "value": "' + b"x" * 950_000 + b'"}',
]


@pytest.mark.parametrize("data", WRONG, ids=lambda data: str(data[:50]))
def test_what_is_not_understood_is_said_and_the_session_goes_on(data: bytes) -> None:
    with lab() as browser, page(browser) as socket:
        socket.ask("opened", "open")
        socket.session.send_bytes(data)
        assert said_next(socket)["code"] in ("WG1003", "WG1004")
        assert socket.ask("frame", "step")["moves"] in (0, 1)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
KEYS = ["training.learning_rate", "network.layers", "data.toy", "data.columns", "network.weights", "training", "title"]
messages = st.one_of(
    st.binary(max_size=300),
    json_values.map(lambda value: json.dumps(value).encode()),
    st.builds(
        lambda do, fields: json.dumps({**fields, "do": do}).encode(),
        st.sampled_from(["open", "step", "go", "play", "change", "set-weight", "explain", "look"]),
        st.dictionaries(st.sampled_from(["unit", "count", "key", "value", "name", "of", "row", "back"]), json_values),
    ),
    st.builds(
        lambda key, value: json.dumps({"do": "change", "key": key, "value": value}).encode(),
        st.sampled_from(KEYS) | st.text(max_size=20),
        json_values,
    ),
)


def test_no_message_ends_a_session(caplog: pytest.LogCaptureFixture) -> None:
    with lab() as browser, page(browser) as socket:
        socket.ask("opened", "open")

        @given(st.lists(messages, max_size=6), st.integers(1, 1_000_000))
        def every(sent: list[bytes], number: int) -> None:
            for data in sent:
                socket.session.send_bytes(data)
            socket.say("pause")
            socket.say("explain", of=f"w-{number}")
            while f"'w-{number}'" not in str(json.loads(socket.session.receive_text()).get("what")):
                pass

        every()
    assert caplog.records == []


def test_pages_that_say_nothing_more_are_kept_for_a_return(caplog: pytest.LogCaptureFixture) -> None:
    with lab() as browser:
        for _ in range(3):
            with page(browser) as socket:
                socket.ask("opened", "open")
        assert browser.get("/api/health").json()["sessions"] == 3
    assert caplog.records == []
