"""A gradient is one number, however one comes to it: the step's own, path by path, by flow, measured, along i."""

from __future__ import annotations

import itertools
from math import fsum
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from tests.properties.pages import fewer
from tests.properties.steps import Taken, absolute_slope, adjoints, steps
from whygrad.explain.flow import layers
from whygrad.explain.paths import largest_paths
from whygrad.explain.samples import by_row, inflow
from whygrad.explain.tally import tally_of
from whygrad.run import evaluate

if TYPE_CHECKING:
    from whygrad.explain import Element
    from whygrad.explain.cone import Cone

MOST_PATHS = 3000
TINY = 1e-13


def some_of(data: st.DataObject, elements: list[Element]) -> list[Element]:
    """A few of some elements, so that a network of many weights takes no longer than one of few."""
    return data.draw(st.lists(st.sampled_from(elements), min_size=1, max_size=4, unique=True))


@fewer
@given(steps(), st.data())
def test_paths_backpropagation_differences_and_the_complex_step_agree(taken: Taken, data: st.DataObject) -> None:
    for weight in some_of(data, taken.weights):
        cone, adjoint = taken.cone(weight), taken.adjoint(weight)
        if not cone.reaches_loss:
            assert (adjoint, cone.count) == (0.0, 0)
            continue
        scale = absolute_slope(cone)
        assert cone.slopes[-1][0] == pytest.approx(adjoint, rel=1e-9, abs=1e-11 * scale + TINY)
        assert taken.stepped(weight) == pytest.approx(adjoint, rel=1e-9, abs=1e-11 * scale + TINY)
        if cone.count <= MOST_PATHS:
            paths = largest_paths(cone, MOST_PATHS)
            assert len(paths) == cone.count
            assert len({path.elements for path in paths}) == cone.count
            assert fsum(path.product for path in paths) == pytest.approx(adjoint, rel=1e-9, abs=1e-11 * scale + TINY)
        measured = taken.difference(weight)
        event("near a kink" if measured is None else "measured")
        if measured is not None:
            value, doubt = measured
            assert value == pytest.approx(adjoint, rel=1e-6, abs=1e-2 * doubt + 1e-10 * max(1.0, scale))


@fewer
@given(steps(), st.data())
def test_each_link_of_a_path_is_its_own_slope(taken: Taken, data: st.DataObject) -> None:
    (weight,) = data.draw(st.lists(st.sampled_from(taken.weights), min_size=1, max_size=1))
    cone = taken.cone(weight)
    assume(cone.reaches_loss)
    for path in largest_paths(cone, 3):
        chain = taken.links.along(path)
        assert path.product == pytest.approx(float(np.prod([each.value for each in chain])), rel=1e-9, abs=1e-300)


@given(steps(), st.data())
def test_what_flows_into_a_gradient_adds_up_to_it(taken: Taken, data: st.DataObject) -> None:
    found = adjoints(taken)
    assume(found)
    for adjoint in some_of(data, found):
        flows = inflow(taken.links, adjoint)
        sizes = fsum(abs(flow) for _, flow in flows.parts) + abs(flows.own)
        near = pytest.approx(adjoint.value, rel=1e-9, abs=1e-12 * sizes)
        assert fsum(flow for _, flow in flows.parts) + flows.own == near
        if all(element.row is not None for element, _ in flows.parts):
            assert fsum(by_row(flows).values()) + flows.own == near


@given(steps(), st.data())
def test_through_the_output_layer_flows_all_that_is_no_penalty(taken: Taken, data: st.DataObject) -> None:
    (adjoint,) = data.draw(st.lists(st.sampled_from(adjoints(taken)), min_size=1, max_size=1))
    cone = taken.cone(next(each for each in taken.weights if each.name == adjoint.name))
    own = inflow(taken.links, adjoint).own
    through = {layer.array: layer.together for layer in layers(cone)}
    found = through.get("output.out", through.get("output.net", through.get("errors")))
    assume(found is not None)
    near = pytest.approx(adjoint.value - own, rel=1e-8, abs=1e-11 * absolute_slope(cone) + TINY)
    assert found == near


@fewer
@given(steps())
def test_every_definition_is_worth_what_the_trace_says(taken: Taken) -> None:
    chart = taken.links.chart
    elements = [
        each for named in chart.named if named.has_names for each in chart.members(named.name.symbol, named.sort)
    ]
    made = {element: chart.definition(element) for element in elements}
    near = {leaf for expr in made.values() for leaf in chart.leaves(expr)}
    values = evaluate(set(made.values()), {each.leaf: each.value for each in near})
    for element, expr in made.items():
        assert float(values[expr]) == pytest.approx(element.value, rel=1e-9, abs=1e-11), element.written


@fewer
@given(steps())
def test_counts_on_arrays_are_those_of_the_cones(taken: Taken) -> None:
    chart = taken.links.chart
    tally = tally_of(chart)
    cones = [taken.cone(weight) for weight in taken.weights]
    whole = [cone for cone in cones if cone.reaches_loss]
    assert tally.parameters == len(taken.weights)
    assert tally.paths == sum(cone.count for cone in whole)
    assert tally.steps == sum(links_on_all_paths(cone) for cone in whole)
    assert tally.links == len({link for cone in cones for link in links_of(cone) if link[0] is not chart.loss})


def links_of(cone: Cone) -> set[tuple[Element, Element]]:
    """Every link of a cone."""
    return {
        (cone.element(number, of), cone.element(array, by))
        for number, edges in enumerate(cone.edges)
        for of, array, by in zip(edges.of.tolist(), edges.array.tolist(), edges.by.tolist(), strict=True)
    }


def links_on_all_paths(cone: Cone) -> int:
    """The lengths of all paths of a cone added up, path by path where there are few, else by counting."""
    counts, lengths = cone.counts, [np.zeros(len(each), dtype=object) for each in cone.counts]
    for number, edges in enumerate(cone.edges):
        for of, array, by in zip(edges.of.tolist(), edges.array.tolist(), edges.by.tolist(), strict=True):
            lengths[number][of] += lengths[array][by] + counts[array][by]
    if cone.count <= MOST_PATHS:
        walked = [len(list(itertools.pairwise(path.elements))) for path in largest_paths(cone, MOST_PATHS)]
        assert sum(walked) == lengths[-1][0]
    return int(lengths[-1][0])
