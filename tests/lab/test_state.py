"""A session written down and made again: every bit of it, whatever was changed on the way, and nothing on trust."""

from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64encode
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.asked import asked
from tests.lab.asking import desk, lab, only, page, told
from tests.pipeline.variants import VARIANTS, same_bits
from tests.properties.pages import fewer
from whygrad.errors import WhygradError
from whygrad.errors.lab_tools import StateDamaged, StateOfAnotherFormat
from whygrad.lab.desk import Desk
from whygrad.lab.limits import Limits
from whygrad.lab.message import Change, Frame, Go, Look, Open, Opened, Request, Said, SetWeight, Step, Told, Use
from whygrad.lab.opening import first_opening, wanted
from whygrad.lab.presets import preset
from whygrad.lab.session import Place
from whygrad.lab.state import State, Written, in_address, parsed, state_of, text_of
from whygrad.spec import Data, Experiment, write_experiment


def driven(*requests: Request, experiment: Experiment | None = None) -> Desk:
    found = desk(experiment or preset("xor"))
    for request in requests:
        assert not [each for each in told(found, request) if isinstance(each, Said) and each.kind == "error"]
    return found


def reopened(text: str, limits: Limits | None = None) -> tuple[Desk, list[Any]]:
    """Another desk that opened what was written down, and what it told."""
    made = Desk(wanted(Open(state=text), first_opening()), lambda: 0.0, limits or Limits())
    return made, [each for each in made.opened() if each is not None]


def same_session(one: Desk, other: Desk) -> bool:
    """Whether nothing tells two sessions apart: settings, place, losses, and the states before every update."""
    first, second = one.session, other.session
    assert first.experiment == second.experiment
    assert (first.place, first.end, one.view.row) == (second.place, second.end, other.view.row)
    assert first.losses() == second.losses()
    for update in range(first.end + 1):
        mine, theirs = (each.stretch(update).line.states(update) for each in (first, second))
        assert same_bits(mine, theirs)
    return True


LIVE = (Go(7), Change("training.learning_rate", 0.3), Go(9), SetWeight("w1", 0.25), Go(20), Go(12, 3))


@pytest.mark.parametrize("way", ["address", "file"])
def test_a_session_opens_again_bit_for_bit_after_live_changes(way: str) -> None:
    before = driven(*LIVE)
    state = state_of(before.session)
    after, heard = reopened(in_address(state) if way == "address" else text_of(state))
    assert same_session(before, after)
    assert after.session.place == Place(12, 3)
    assert not [each for each in heard if isinstance(each, Said)]
    assert heard[-1] == only(told(before, Go(12, 3)), Frame)
    assert state_of(after.session) == state
    for each in (before, after):
        told(each, Go(40))
    assert same_session(before, after)


def test_the_rate_and_the_weight_were_really_changed() -> None:
    losses = driven(*LIVE).session.losses()
    plain = driven(Go(20)).session.losses()
    assert losses[:8] == plain[:8]
    assert losses[8] != plain[8]
    assert losses[9:] != driven(*LIVE[:2], Go(20)).session.losses()[9:]


@pytest.mark.parametrize("name", [name for name in VARIANTS if "held" not in name])
def test_every_kind_of_training_opens_again(name: str) -> None:
    before = driven(
        Go(4), Change("training.learning_rate", 0.05), Go(5), Look(1), Step("move"), experiment=VARIANTS[name]
    )
    after, heard = reopened(in_address(state_of(before.session, before.view.row)))
    assert same_session(before, after)
    assert not [each for each in heard if isinstance(each, Said)]


CHANGES = st.one_of(
    st.builds(Go, st.integers(0, 12), st.integers(0, 4)),
    st.builds(SetWeight, st.sampled_from(["w1", "w2", "b1"]), st.floats(-2, 2)),
    st.builds(Change, st.just("training.learning_rate"), st.sampled_from([0.01, 0.1, 0.5])),
    st.builds(Change, st.just("training.optimizer"), st.sampled_from(["sgd", "momentum", "adam"])),
    st.builds(Change, st.just("network.layers"), st.sampled_from(["2 -> 2 tanh -> 1", "2 -> 3 -> 1"])),
    st.builds(Change, st.just("title"), st.sampled_from(["One", "Other"])),
)


@fewer
@given(st.lists(CHANGES, max_size=8))
def test_whatever_was_done_opens_again(requests: list[Request]) -> None:
    before = desk(replace(preset("xor"), title="XOR"))
    for request in requests:
        errors = [each for each in told(before, request) if isinstance(each, Said) and each.kind == "error"]
        assume(all(each.code == "WG501" for each in errors))  # a rate may be too large for what was chosen
    after, _ = reopened(in_address(state_of(before.session)))
    assert same_session(before, after)
    assert state_of(after.session) == state_of(before.session)


def test_a_weight_that_is_set_before_a_later_change_goes_on_with_the_settings_that_are_shown() -> None:
    found = driven(Go(5), Change("training.learning_rate", 0.3), Go(8), Go(3), SetWeight("w1", 0.5), Go(6))
    session = found.session
    assert session.stretches[-1].ready.experiment == session.experiment
    rates = [float(session.trace(update).values[output]) for update in (2, 4) for output in rate_of(session, update)]
    assert rates == [0.1, 0.3]
    assert [type(each.made).__name__ for each in session.turns.made] == ["Experiment", "Weight"]
    assert same_session(found, reopened(in_address(state_of(session)))[0])


def rate_of(session: Any, update: int) -> list[Any]:
    return [session.trace(update).step.outputs["learning_rate"]]


def test_a_run_with_a_nan_opens_again() -> None:
    before = desk(preset("xor"))
    told(before, Change("training.learning_rate", 1e80))
    for _ in range(30):
        told(before, Step("update"))
    assert not np.isfinite(before.session.losses()[-1])
    state = state_of(before.session)
    after, heard = reopened(text_of(state))
    assert (after.session.place, after.session.end) == (before.session.place, before.session.end)
    assert repr(after.session.losses()) == repr(before.session.losses())
    assert not [each for each in heard if isinstance(each, Said)]
    assert "NaN" in text_of(state)


def test_where_another_machine_computes_other_bits_what_was_written_down_counts() -> None:
    state = state_of(driven(*LIVE).session)
    first, *rest = state.parameters["hidden.W"]
    assert isinstance(first, float)
    other = replace(state, parameters={**state.parameters, "hidden.W": (float(np.nextafter(first, 9.0)), *rest)})
    after, heard = reopened(text_of(other))
    said = only(heard, Said)
    assert said.kind == "note"
    assert "parameters differ by up to" in said.what
    assert after.session.place == Place(12, 0)
    assert after.session.end == 12
    assert float(after.session.states()["hidden.W"][0, 0]) == np.nextafter(first, 9.0)
    told(after, Go(20))
    again, heard = reopened(in_address(state_of(after.session)))
    assert same_session(after, again)
    assert not [each for each in heard if isinstance(each, Said)]


def test_work_that_is_stopped_goes_on_when_the_page_is_loaded_again() -> None:
    before = driven(*LIVE)
    made = Desk(wanted(Open(state=text_of(state_of(before.session))), first_opening()), lambda: 0.0, Limits())
    answers = made.opened()
    for _ in range(10):
        next(answers)
    stop(made)
    rest = [each for each in answers if each is not None]
    said = only(rest, Said)
    assert said.code == "WG1028"
    assert 0 < made.session.end < 20
    assert str(made.session.end) in said.what
    assert not made.stop
    list(made.opened())
    assert same_session(before, made)


def stop(found: Desk) -> None:
    found.stop = "time"


def test_who_goes_on_by_hand_has_a_run_of_their_own() -> None:
    made = Desk(wanted(Open(state=text_of(state_of(driven(*LIVE).session))), first_opening()), lambda: 0.0, Limits())
    made.stop = "asked"
    assert only([each for each in made.opened() if each], Said).code == "WG1028"
    made.stop = ""
    told(made, Step("update"))
    list(made.opened())
    assert (made.session.place, made.session.end) == (Place(1), 1)


def test_more_updates_than_a_session_may_make_are_refused() -> None:
    text = text_of(state_of(driven(Go(50)).session))
    _, heard = reopened(text, Limits(updates=40))
    assert only(heard, Said).code == "WG1001"


def shared(found: Desk) -> dict[str, Any]:
    return dict(only(told(found, Use("share")), Told).data)


def padded(state: State, size: int) -> State:
    """The same with so many characters that nothing makes shorter."""
    words = np.random.default_rng(0).bytes(size).hex()[:size]
    return replace(state, experiment=f"{state.experiment}# {words}\n")


def test_a_link_is_given_as_long_as_it_has_four_thousand_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    state = state_of(driven(*LIVE).session)
    lengths = {len(in_address(padded(state, size))): size for size in range(3_200, 3_700)}
    just_fits = max(length for length in lengths if length <= 4_000)
    too_long = min(length for length in lengths if length > 4_000)
    assert 3_998 <= just_fits < too_long <= 4_003
    for length, fits in ((just_fits, True), (too_long, False)):
        crafted = padded(state, lengths[length])
        monkeypatch.setattr("whygrad.lab.tools.share.state_of", lambda *_, crafted=crafted: crafted)
        found = shared(driven())
        assert found["characters"] == length
        assert found["address"] == (in_address(crafted) if fits else "")
        assert parsed(found["file"]) == crafted


def test_what_is_shared_says_what_it_holds() -> None:
    found = shared(driven(*LIVE))
    assert (found["changes"], found["most"], found["rows"]) == (2, 4_000, "")
    assert found["characters"] < 1_500
    assert parsed(found["address"]) == parsed(found["file"])


def good() -> dict[str, Any]:
    found = json.loads(text_of(state_of(driven(Go(2), SetWeight("w1", 1.0), Go(3)).session)))
    assert isinstance(found, dict)
    return found


def with_(**changed: Any) -> str:
    return json.dumps(good() | changed)


def packed(data: bytes) -> str:
    squeezer = zlib.compressobj(9, wbits=-15)
    return "state=" + urlsafe_b64encode(squeezer.compress(data) + squeezer.flush()).decode().rstrip("=")


DEEP = '{"format":1,"turns":[{"update":0,"settings":{"training.x":' + "[" * 5_000 + "]" * 5_000 + "}}]}"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("state=AAAA", "cut off"),
        ("state=%%%", "cut off"),
        ("state=é", "cut off"),
        ("{", "truncated"),
        ("{}", "format"),
        (with_(more=1), "more"),
        (with_(update=99), "not in order"),
        (with_(update=-1), "update"),
        (with_(experiment=7), "experiment"),
        (with_(turns=[{"update": 2, "weight": "w1"}, {"update": 1, "weight": "w1"}]), "not in order"),
        (with_(turns=[{"update": 1}]), "one of settings"),
        (with_(turns=[{"update": 1, "weight": "w1", "settings": {"title": "a"}}]), "one of settings"),
        (with_(turns=[{"update": 0, "weight": "w1"}] * 5_001), "5000"),
        (DEEP, "nested too deeply"),
        (
            with_(turns=[{"update": 0, "settings": {"a": json.loads("[" * 22 + "]" * 22)}}]),
            "nested too deeply",
        ),
        (packed(b" " * 3_000_000), "more than 2,000,000 bytes"),
    ],
)
def test_what_is_no_session_is_refused_with_the_reason(text: str, problem: str) -> None:
    with pytest.raises(StateDamaged) as refused:
        parsed(text)
    assert problem in refused.value.problem


def test_an_address_that_was_cut_is_refused() -> None:
    address = in_address(state_of(driven(*LIVE).session))
    for length in range(0, len(address), 7):
        with pytest.raises(StateDamaged):
            parsed(address[: length + 6])


def test_a_small_address_cannot_fill_the_memory() -> None:
    bomb = packed(b"[" + b"0," * 50_000_000)
    assert len(bomb) < 200_000
    with pytest.raises(StateDamaged):
        parsed(bomb)


def test_another_format_says_so() -> None:
    with pytest.raises(StateOfAnotherFormat):
        parsed(json.dumps({"format": 2, "what": "ever"}))


def refused(state: dict[str, Any]) -> str:
    _, heard = reopened(json.dumps(state))
    return str(only(heard, Said).code)


@pytest.mark.parametrize(
    ("turn", "code"),
    [
        ({"settings": {"data": {"file": "/etc/passwd", "target": "root"}}}, "WG1006"),
        ({"settings": {"training.seed": 8}}, "WG1026"),
        ({"settings": {"network.layers": "2 -> 2 -> 1"}}, "WG1026"),
        ({"settings": {"training.learning_rate": -1}}, "WG206"),
        ({"settings": {"nothing": 1}}, "WG1012"),
        ({"weight": "w99"}, "WG105"),
        ({"weight": "w1", "value": "many"}, "WG1026"),
        ({"parameters": {"hidden.W": [1.0]}}, "WG1026"),
        ({"parameters": {"hidden.W": ["a"] * 16}}, "WG1026"),
        ({"parameters": {"elsewhere": [1.0]}}, "WG1026"),
    ],
)
def test_a_change_that_cannot_have_been_is_refused(turn: dict[str, Any], code: str) -> None:
    assert refused(good() | {"turns": [{"update": 2, **turn}]}) == code


def test_parameters_that_are_not_the_networks_are_refused() -> None:
    for parameters in ({"hidden.W": [1.0]}, {"other": [1.0]}):
        assert refused(good() | {"parameters": parameters}) == "WG1026"


def test_files_of_the_machine_are_not_read() -> None:
    text = write_experiment(asked(data=Data(file="/etc/passwd", target="root")))
    with pytest.raises(WhygradError) as refused:
        wanted(Open(state=json.dumps(good() | {"experiment": text})), first_opening())
    assert refused.value.code == "WG1006"


def test_a_state_opens_over_the_socket_and_may_be_long() -> None:
    long = asked("2 -> 90 tanh -> 90 tanh -> 1 sigmoid")
    text = text_of(state_of(driven(Go(2), experiment=long).session))
    request = msgspec.json.encode({"do": "open", "state": text}).decode()
    limits = Limits(message=100_000, opening=300_000)
    assert 150_000 < len(request) < 300_000
    with lab(limits) as browser, page(browser) as mine:
        mine.session.send_text(request)
        assert mine.hear("opened")["experiment"]["training"]["batch_size"] == 8
        assert mine.hear("frame")["update"] in (0, 1, 2)
        mine.say("explain", of="w" * 150_000)
        while (message := json.loads(mine.session.receive_text())).get("code") != "WG1004":
            assert message.get("kind") != "error"
        mine.session.send_text(request + " " * 300_000)
        while (message := json.loads(mine.session.receive_text())).get("code") != "WG1004":
            assert message.get("kind") != "error"


def test_a_broken_state_leaves_the_page_as_it_was() -> None:
    with lab() as browser, page(browser) as mine:
        first = mine.ask("opened", "open")["session"]
        mine.hear("frame")
        mine.say("open", state="state=AAAA")
        while (message := json.loads(mine.session.receive_text())).get("code") != "WG1026":
            assert message["is"] in ("why", "panel")
        assert mine.ask("frame", "step")["moves"] == 1
        assert mine.ask("opened", "open", session=first)["session"] == first


def test_a_state_is_told_with_the_settings_that_it_ends_with() -> None:
    _, heard = reopened(in_address(state_of(driven(*LIVE).session)))
    opened = [each.experiment["training"]["learning_rate"] for each in heard if isinstance(each, Opened)]
    assert opened == [0.1, 0.3]


def test_what_is_written_down_has_no_more_than_it_needs() -> None:
    state = state_of(
        driven(SetWeight("w1", 1.0), SetWeight("w2", 3.0), SetWeight("w1", 2.0), Go(1), Change("title", "A")).session
    )
    assert state.turns == (
        Written(0, weight="w2", value=3.0),
        Written(0, weight="w1", value=2.0),
        Written(1, settings={"title": "A"}),
    )
    assert isinstance(state, State)
