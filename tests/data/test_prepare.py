from __future__ import annotations

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.data.asked import EXAMPLES, training
from whygrad.data import as_table, outputs_to_labels, prepare, prepare_rows
from whygrad.data.scale import fit_scale, scaled, unscaled
from whygrad.dataset import CategoryColumn, ClassTarget, NumberColumn, NumberTarget, Preparation
from whygrad.errors.data import DataError
from whygrad.spec import Data, Scale, Split, Toy

numbers = st.floats(-1e6, 1e6)


def test_penguins_as_they_are_shipped() -> None:
    data = Data(file="penguins.csv", target="species", missing="drop", scale="standard")
    prepared = prepare(data, training("cross-entropy", validation=0.15, test=0.15), folder=EXAMPLES)
    assert prepared.source == (
        "penguins.csv: 344 rows; 11 dropped for missing values; split into 233 training, 50 validation, 50 test"
    )
    assert prepared.preparation.output_names == ("Adelie", "Chinstrap", "Gentoo")
    assert prepared.preparation.feature_names[:4] == (
        "island=Biscoe",
        "island=Dream",
        "island=Torgersen",
        "bill_length_mm",
    )
    np.testing.assert_allclose(prepared.training.inputs[:, 3:7].mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(prepared.training.inputs[:, 3:7].std(axis=0), 1)
    for part in (prepared.training, prepared.validation, prepared.test):
        assert (part.inputs[:, :3].sum(axis=1) == 1).all()
        assert (part.targets.sum(axis=1) == 1).all()


def test_the_weather_in_seattle_as_it_is_shipped() -> None:
    inputs = ("precipitation", "temp_min", "wind", "weather")
    data = Data(file="seattle-weather.csv", inputs=inputs, target="temp_max", scale_target="standard")
    prepared = prepare(data, training(test=0.2), folder=EXAMPLES)
    assert prepared.source == "seattle-weather.csv: 1461 rows; split into 1169 training, 292 test"
    table = as_table({"temp_max": [0.0]})
    assert table.rows == 1
    units = outputs_to_labels(prepared.preparation, prepared.test.targets)
    assert isinstance(units, np.ndarray)
    assert abs(units - np.round(units, 1)).max() < 1e-12
    assert prepared.preparation.feature_names[3:] == tuple(
        f"weather={word}" for word in ("drizzle", "fog", "rain", "snow", "sun")
    )


def test_without_a_split_every_row_trains_in_its_order() -> None:
    prepared = prepare(Data(toy=Toy("xor")), training())
    assert prepared.training.inputs.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert prepared.training.targets.tolist() == [[0], [1], [1], [0]]
    assert prepared.training.rows.tolist() == [0, 1, 2, 3]
    assert prepared.validation.inputs.shape == prepared.test.inputs.shape == (0, 2)
    assert prepared.validation.targets.shape == (0, 1)


def test_the_same_request_gives_the_same_fingerprint_and_another_another() -> None:
    data = Data(toy=Toy("moons", noise=0.1))
    one, same = (prepare(data, training(test=0.3, seed=4)) for _ in range(2))
    other = prepare(data, training(test=0.3, seed=5))
    assert one.fingerprint == same.fingerprint != other.fingerprint
    assert len(one.fingerprint) == 64


def test_a_given_table_stands_in_for_the_source() -> None:
    prepared = prepare(Data(), training(), (np.array([[1.0], [2.0]]), np.array([3.0, 5.0])))
    assert prepared.preparation.target == NumberTarget(("y",), (0.0,), (1.0,))
    assert prepared.source == "the data: 2 rows"


@given(st.lists(numbers, min_size=1, max_size=20), st.sampled_from(["none", "standard", "min-max"]))
def test_scaling_is_undone_by_unscaling(values: list[float], rule: Scale) -> None:
    array = np.array(values)
    shift, factor = fit_scale(array, rule, source="the data", name="x")
    assert factor > 0
    prepared = scaled(array, shift, factor)
    np.testing.assert_allclose(unscaled(prepared, shift, factor), array, rtol=1e-12, atol=1e-9)
    if rule == "min-max":
        assert prepared.min() == 0
        assert prepared.max() <= 1


@pytest.mark.parametrize("size", [1.0, 1e200, 1e-200])
def test_a_column_of_any_size_is_scaled_to_the_same_units(size: float) -> None:
    values = np.array([1.7, -1.7, 0.2])
    table = {"x": values * size, "y": [1.0, 2.0, 3.0]}
    made = prepare(Data(target="y", scale="standard"), training(), table)
    np.testing.assert_allclose(made.training.inputs[:, 0], (values - values.mean()) / values.std(), rtol=1e-12)


@given(st.lists(numbers, min_size=2, max_size=20))
def test_standard_is_mean_and_deviation_bit_for_bit(values: list[float]) -> None:
    array = np.array(values)
    if len(set(values)) > 1 and array.std() > 0.0 and np.abs(array[array != 0]).min() > 1e-100:
        assert fit_scale(array, "standard", source="the data", name="x") == (array.mean(), array.std())


@pytest.mark.parametrize("rule", ["standard", "min-max"])
def test_a_range_beyond_all_numbers_is_refused(rule: Scale) -> None:
    table = {"x": [1.7e308, -1.7e308, 0.0], "y": [1.0, 2.0, 3.0]}
    for asked in (Data(target="y", scale=rule), Data(target="x", scale_target=rule)):
        with pytest.raises(DataError) as caught:
            prepare(asked, training(), table)
        assert str(caught.value) == (
            "WG324 the data: column 'x' cannot be scaled\n"
            "  why: it goes from -1.7e+308 to 1.7e+308, a range beyond the largest number there is\n"
            "  try: divide the column by a power of ten, or leave it out"
        )


cells: st.SearchStrategy[dict[str, object]] = st.fixed_dictionaries(
    {
        "n": st.none() | numbers,
        "c": st.sampled_from(["p", "q"]),
        "b": st.booleans(),
        "y": numbers,
    }
)


@given(st.lists(cells, min_size=8, max_size=16), st.data())
def test_changing_a_held_out_row_never_changes_the_preparation(
    rows: list[dict[str, object]], draw: st.DataObject
) -> None:
    rows = [{"n": 1.0, "c": "p", "b": True, "y": 0.5}, {"n": 2.0, "c": "q", "b": False, "y": 1.0}] * 8 + rows
    asked = Data(
        target="y", scale="standard", scale_target="min-max", missing={"n": "mean", "c": "most-frequent", "b": "median"}
    )
    wanted = training(validation=0.2, test=0.2, seed=draw.draw(st.integers(0, 9)))

    def prepared() -> tuple[bytes, bytes, np.ndarray]:
        made = prepare(asked, wanted, {name: [row[name] for row in rows] for name in "ncby"})
        held = np.concatenate([made.validation.rows, made.test.rows])
        return msgspec.json.encode(made.preparation), made.training.inputs.tobytes(), held

    before, inputs, held = prepared()
    rows[draw.draw(st.sampled_from(held.tolist()))] = draw.draw(cells)
    after, inputs_after, _ = prepared()
    assert before == after
    assert inputs == inputs_after


@pytest.mark.parametrize(
    ("rule", "fill"), [("mean", 3.0), ("median", 2.0), ("most-frequent", 1.0), ({"n": 7}, 7.0), ({"n": 0.5}, 0.5)]
)
def test_missing_numbers_are_filled_by_rule(rule: str, fill: float) -> None:
    table = {"n": [1, 1, 2, 4, 7, None], "y": [0, 1, 2, 3, 4, 5]}
    prepared = prepare(msgspec.structs.replace(Data(target="y"), missing=rule), training(), table)
    assert prepared.training.inputs[:, 0].tolist() == [1, 1, 2, 4, 7, fill]
    assert prepared.preparation.columns == (NumberColumn("n", fill, 0.0, 1.0),)
    assert prepare_rows(prepared.preparation, {"n": [None, 3]}).tolist() == [[fill], [3]]


def test_missing_words_are_filled_by_the_commonest_or_a_word_of_their_own() -> None:
    table = {"c": ["u", "v", "v", None], "y": [0, 1, 2, 3]}
    commonest = prepare(Data(target="y", missing="most-frequent"), training(), table)
    assert commonest.preparation.columns == (CategoryColumn("c", ("u", "v"), "v"),)
    assert commonest.training.inputs[3].tolist() == [0, 1]
    own = prepare(Data(target="y", missing={"c": "none of them"}), training(), table)
    assert own.preparation.feature_names == ("c=none of them", "c=u", "c=v")
    assert own.training.inputs[3].tolist() == [1, 0, 0]


def test_rows_are_dropped_where_the_rule_says_so_only() -> None:
    table = {"a": [1, None, 3, 4], "b": [1, 2, None, 4], "y": [1, 2, 3, None]}
    everywhere = prepare(Data(target="y", missing="drop"), training(), table)
    assert everywhere.training.rows.tolist() == [0]
    assert everywhere.source == "the data: 4 rows; 3 dropped for missing values"
    some = prepare(Data(target="y", missing={"a": "drop", "b": "mean", "y": "drop"}), training(), table)
    assert some.training.rows.tolist() == [0, 2]


@pytest.mark.parametrize(
    ("values", "loss", "task", "target"),
    [
        (["u", "v", "u", "w"], "cross-entropy", "auto", ClassTarget("y", ("u", "v", "w"), one_hot=True)),
        (["u", "v", "u", "v"], "cross-entropy", "auto", ClassTarget("y", ("u", "v"), one_hot=True)),
        (["v", "u", "u", "v"], "binary-cross-entropy", "auto", ClassTarget("y", ("u", "v"), one_hot=False)),
        ([True, False, True, True], "squared-error", "auto", ClassTarget("y", ("false", "true"), one_hot=False)),
        ([1, 0, 1, 1], "binary-cross-entropy", "auto", ClassTarget("y", ("0", "1"), one_hot=False)),
        ([10, 9, 1.5, 9], "cross-entropy", "auto", ClassTarget("y", ("1.5", "9", "10"), one_hot=True)),
        ([1, 0, 1, 1], "squared-error", "auto", NumberTarget(("y",), (0.0,), (1.0,))),
        ([1, 0, 1, 1], "squared-error", "classification", ClassTarget("y", ("0", "1"), one_hot=False)),
        ([0.5, 0, 1, 1], "binary-cross-entropy", "regression", NumberTarget(("y",), (0.0,), (1.0,))),
    ],
)
def test_the_task_follows_target_and_loss(values: list[object], loss: str, task: str, target: object) -> None:
    data = msgspec.structs.replace(Data(target="y"), task=task)
    prepared = prepare(data, training(loss), {"x": [1, 2, 3, 4], "y": values})  # type: ignore[arg-type]
    assert prepared.preparation.target == target
    labels = outputs_to_labels(prepared.preparation, prepared.training.targets)
    assert list(labels) == list(as_table({"y": values}).columns["y"].labels()) or labels[:, 0].tolist() == values  # type: ignore[call-overload]


def test_the_threshold_is_where_the_second_class_begins() -> None:
    preparation = Preparation((NumberColumn("x"),), ClassTarget("passed", ("no", "yes"), one_hot=False))
    outputs = np.array([[0.59], [0.6], [0.61]])
    assert outputs_to_labels(preparation, outputs, 0.6) == ("no", "yes", "yes")
    assert outputs_to_labels(preparation, outputs) == ("yes", "yes", "yes")


def test_several_targets_are_numbers_with_scales_of_their_own() -> None:
    table = {"x": [1, 2], "u": [0, 10], "v": [5, 6]}
    prepared = prepare(Data(target=("u", "v"), scale_target="min-max"), training(), table)
    assert prepared.preparation.target == NumberTarget(("u", "v"), (0.0, 5.0), (10.0, 1.0))
    assert prepared.training.targets.tolist() == [[0, 0], [1, 1]]
    assert np.array_equal(outputs_to_labels(prepared.preparation, prepared.training.targets), [[0, 5], [10, 6]])


@given(st.lists(st.tuples(numbers, st.sampled_from(["p", "q", "r"]), st.booleans()), min_size=3, max_size=10))
def test_new_rows_are_prepared_as_the_training_rows_were(rows: list[tuple[float, str, bool]]) -> None:
    columns = {name: list(values) for name, values in zip("ncb", zip(*rows, strict=True), strict=True)}
    data = Data(target="y", scale="standard")
    made = prepare(data, training(), {**columns, "y": list(range(len(rows)))})
    stored = msgspec.json.decode(msgspec.json.encode(made.preparation), type=Preparation)
    assert stored == made.preparation
    assert np.array_equal(prepare_rows(stored, {"other": ["?"] * len(rows), **columns}), made.training.inputs)
    assert np.array_equal(prepare_rows(stored, [list(row) for row in rows]), made.training.inputs)


def test_bare_numbers_are_one_row_or_the_column_of_a_single_input() -> None:
    two = Preparation((NumberColumn("a"), NumberColumn("b", shift=1.0)), NumberTarget(("y",), (0.0,), (1.0,)))
    one = Preparation((NumberColumn("a"),), two.target)
    assert prepare_rows(two, [3, 4]).tolist() == [[3, 3]]
    assert prepare_rows(two, np.array([[3, 4], [5, 6]])).tolist() == [[3, 3], [5, 5]]
    assert prepare_rows(one, [3, 4]).tolist() == [[3], [4]]


def test_a_column_of_words_that_are_numbers_in_the_new_rows_keeps_its_levels() -> None:
    made = prepare(Data(target="y"), training(), {"c": ["1", "2", "x"], "y": [0, 1, 2]})
    assert prepare_rows(made.preparation, {"c": [2, 1]}).tolist() == [[0, 1, 0], [1, 0, 0]]


def test_a_split_of_its_own_seed_leaves_the_order_of_rows_alone() -> None:
    data = Data(toy=Toy("linear", rows=20))
    split = Split(test=0.5, seed=3)
    parts = [prepare(data, msgspec.structs.replace(training(seed=seed), split=split)).test.rows for seed in (0, 1)]
    assert np.array_equal(parts[0], parts[1])
