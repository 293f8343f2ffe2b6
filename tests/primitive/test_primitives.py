"""Every field of every record is filled, and the fields agree with one another."""

from __future__ import annotations

import inspect
from math import prod
from string import Formatter
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.primitive.draw import PLANS, SETTINGS, SHAPES, Sample, samples
from tests.primitive.measure import applied, assert_close, computed
from whygrad import primitive as room
from whygrad.graph import Basic, Composite, Domain, Input, Kind, Primitive
from whygrad.graph.operators import NAMES, OPERATORS
from whygrad.primitive import BY_NAME, PRIMITIVES

every_primitive = pytest.mark.parametrize("primitive", PRIMITIVES, ids=lambda p: p.name)


def slots(template: str) -> list[str]:
    return [slot for _, slot, _, _ in Formatter().parse(template) if slot is not None]


def test_the_table_lists_each_record_of_the_room_once() -> None:
    public = {value for name, value in vars(room).items() if isinstance(value, Primitive)}
    assert set(PRIMITIVES) == public
    assert len(BY_NAME) == len(PRIMITIVES)


def test_operators_are_bound_to_the_records_of_their_names() -> None:
    assert {name: getattr(OPERATORS, name).name for name in NAMES} == {name: name for name in NAMES}


@every_primitive
def test_has_exactly_one_of_forward_and_lowering(primitive: Primitive) -> None:
    assert isinstance(primitive, Basic) != isinstance(primitive, Composite)
    assert callable(primitive.forward if isinstance(primitive, Basic) else vars(primitive)["lowering"])


@every_primitive
def test_names_itself_and_its_source(primitive: Primitive) -> None:
    assert primitive.name.isidentifier()
    assert primitive.name == primitive.name.lower()
    assert len(primitive.source) >= 6
    assert repr(primitive) == f"<primitive {primitive.name}>"


@every_primitive
def test_domain_has_one_entry_per_input(primitive: Primitive) -> None:
    assert len(primitive.domain) == (primitive.arity or 1)
    assert all(isinstance(domain, Domain) for domain in primitive.domain)


@every_primitive
def test_both_notations_have_one_slot_per_input(primitive: Primitive) -> None:
    notation, arity = primitive.notation, primitive.arity or 1
    for template in (notation.text, notation.tex):
        assert sorted(slot for slot in slots(template) if slot.isdecimal()) == [str(k) for k in range(arity)]
    assert len(notation.needs) == arity
    assert len(notation.tex_needs or notation.needs) == arity
    assert all(0 <= level <= 9 for level in (notation.level, *notation.needs, notation.tex_level or 0))


@every_primitive
def test_notation_names_only_attributes_that_the_shape_or_the_value_reads(primitive: Primitive) -> None:
    value = primitive.forward if isinstance(primitive, Basic) else vars(primitive)["lowering"]
    read = {name for name, p in inspect.signature(value).parameters.items() if p.kind is p.KEYWORD_ONLY}
    for template in (primitive.notation.text, primitive.notation.tex):
        assert {slot for slot in slots(template) if not slot.isdecimal()} <= read


@every_primitive
def test_a_setting_that_changes_the_formula_is_written_down(primitive: Primitive) -> None:
    assert set(SETTINGS.get(primitive.name, {})) <= set(slots(primitive.notation.text))


@every_primitive
def test_the_tests_know_how_to_draw_it(primitive: Primitive) -> None:
    assert (primitive.kind is Kind.ELEMENTWISE) != (primitive.name in PLANS)


@every_primitive
@given(data=st.data())
def test_shape_rule_foretells_the_shape_of_the_value(primitive: Primitive, data: st.DataObject) -> None:
    sample = data.draw(samples(primitive))
    graph = applied(sample)
    (value,) = computed([graph.output], graph.values())
    assert value.shape == graph.output.shape


@pytest.mark.parametrize("primitive", [p for p in PRIMITIVES if p.window], ids=lambda p: p.name)
@given(data=st.data())
def test_on_the_window_of_an_element_it_gives_that_element(primitive: Primitive, data: st.DataObject) -> None:
    sample = data.draw(samples(primitive))
    graph = applied(sample)
    (whole,) = computed([graph.output], graph.values())
    for index in np.ndindex(whole.shape):
        windows = primitive.window(index, *(x.shape for x in sample.arrays), **sample.attributes)  # type: ignore[misc]
        parts = tuple(x[window] for x, window in zip(sample.arrays, windows, strict=True))
        alone = applied(Sample(primitive, parts, sample.attributes))
        (value,) = computed([alone.output], alone.values())
        assert value.size == 1
        np.testing.assert_allclose(value.item(), whole[index], rtol=1e-12)


@pytest.mark.parametrize("kind", [Kind.CONTRACTION])
def test_every_contraction_but_one_says_what_an_element_reads(kind: Kind) -> None:
    assert [p.name for p in PRIMITIVES if p.kind is kind and p.window is None] == ["scatter"]


@every_primitive
@given(data=st.data())
def test_float32_stays_float32_and_close_to_double(primitive: Primitive, data: st.DataObject) -> None:
    sample = single(data.draw(samples(primitive)))
    graph = applied(sample)
    roots = [graph.output, *graph.gradients]
    seed = np.linspace(-1, 1, prod(graph.output.shape), dtype=np.float32)
    values = graph.values(seed.reshape(graph.output.shape))
    narrow = computed(roots, values, np.float32)
    wide = computed(roots, {leaf: doubled(value) for leaf, value in values.items()})
    expected = np.dtype(bool) if primitive.name in {"greater", "equal"} else np.dtype(np.float32)
    assert {value.dtype for value in narrow[:1] if value.shape} <= {expected}
    assert {value.dtype for value in narrow[1:] if value.shape} <= {np.dtype(np.float32)}
    assert_close(narrow, wide, relative=1e-5, absolute=1e-5)


def single(sample: Sample) -> Sample:
    arrays = tuple(a.astype(np.float32) if a.dtype.kind == "f" else a for a in sample.arrays)
    return Sample(sample.primitive, arrays, sample.attributes)


def doubled(value: Any) -> Any:
    return value.astype(np.float64) if value.dtype.kind == "f" else value


@pytest.mark.parametrize("primitive", [p for p in PRIMITIVES if p.kind is Kind.ELEMENTWISE], ids=lambda p: p.name)
def test_elementwise_inputs_are_spread_to_the_longest(primitive: Primitive) -> None:
    settings = {name: values[0] for name, values in SETTINGS.get(primitive.name, {}).items()}
    leaves = [Input(shape, f"x{k}") for k, shape in enumerate(((2, 3), (3,), ())[: len(primitive.domain)])]
    for order in (leaves, leaves[::-1]):
        output = primitive(*order, **settings)
        assert output.shape == (2, 3)
        assert {x.shape for x in output.inputs} == {(2, 3)}


def test_awkward_shapes_are_among_those_drawn() -> None:
    assert {(), (1,), (1, 1, 1), (2, 1, 3)} <= set(SHAPES)
