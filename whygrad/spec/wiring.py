"""Single weights by name: each has a place between two units that the layers join."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from whygrad.errors.combination import MisplacedWeight, UnfedUnit, UnknownUnit
from whygrad.errors.spec import joined
from whygrad.spec.layers import dense_layers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from whygrad.spec.layers import DenseLayer, Expanded
    from whygrad.spec.network import Weight

__all__ = ["check_weights"]


@dataclass(frozen=True)
class Joint:
    """A dense layer and the names of the values before it, None for inputs that only the data names."""

    layer: DenseLayer
    sources: tuple[str, ...] | None

    def has(self, unit: str) -> bool:
        """Whether this is a unit of the layer, as far as that is known: only the data names those of "out"."""
        return unit in self.layer.unit_names or self.layer.units == "out"


def check_weights(network: Expanded, weights: Mapping[str, Weight]) -> None:
    """Raises WG216 for an unknown unit, WG217 for a weight without a place, WG218 for a unit that nothing feeds."""
    joints = joints_of(network)
    places: dict[tuple[str | None, str], str] = {}
    for name, weight in weights.items():
        check_weight(name, weight, joints)
        check_free(name, weight, places)
    for joint in joints:
        check_fed(joint, joints, weights)


def joints_of(network: Expanded) -> list[Joint]:
    """Each dense layer with what is before it; dropout and normalisation keep the names of what they change."""
    sources: tuple[str, ...] | None = network.input_names or None
    joints: list[Joint] = []
    for layer in dense_layers(network.layers):
        joints.append(Joint(layer, sources))
        sources = layer.unit_names
    return joints


def check_weight(name: str, weight: Weight, joints: list[Joint]) -> None:
    """One weight or bias leads where one can be."""
    fed = [joint_of(name, unit, joints) for unit in units_fed(weight)]
    if weight.from_ is None:
        check_bias(name, weight, fed)
    elif not isinstance(weight.to, str):
        reason = f'a weight leads from one unit to one unit, and "to" lists {len(weight.to)}'
        raise MisplacedWeight(key=weight_key(name, "to"), weight=name, reason=reason, hint="one weight for each")
    else:
        check_source(name, weight.from_, fed[0], joints)


def units_fed(weight: Weight) -> tuple[str, ...]:
    """The units that a weight or bias feeds, as a list."""
    return (weight.to,) if isinstance(weight.to, str) else weight.to


def weight_key(name: str, end: str) -> tuple[str, ...]:
    """Where one end of a weight stands."""
    return ("network", "weights", name, end)


def joint_of(name: str, unit: str, joints: list[Joint]) -> Joint:
    """The layer of a unit that a weight feeds."""
    found = next((joint for joint in joints if joint.has(unit)), None)
    if found is None:
        choices = tuple(each for joint in joints for each in joint.layer.unit_names)
        raise UnknownUnit(key=weight_key(name, "to"), found=unit, choices=choices)
    return found


def check_source(name: str, source: str, joint: Joint, joints: list[Joint]) -> None:
    """A weight comes from a value that the layer reads."""
    if source in (joint.sources or ()):
        return
    if any(source in (*each.layer.unit_names, *(each.sources or ())) for each in joints):
        before = joined(joint.sources, "and") if joint.sources else "the inputs"
        reason = f'layer "{joint.layer.name}" reads {before}, not "{source}"'
        raise MisplacedWeight(key=weight_key(name, "from"), weight=name, reason=reason)
    if joint.sources is not None:
        raise UnknownUnit(key=weight_key(name, "from"), found=source, choices=joint.sources)


def check_bias(name: str, weight: Weight, fed: list[Joint]) -> None:
    """A bias is one per unit, or one for exactly the units of a layer that shares it."""
    layer, units = fed[0].layer, units_fed(weight)
    key, title = weight_key(name, "to"), f'layer "{layer.name}"'
    if layer.bias == "none":
        hint = f'{name} needs a "from" if it is a weight, or the layer bias = "per-unit"'
        raise MisplacedWeight(key=key, weight=name, reason=f"{title} has no biases", hint=hint)
    if layer.bias == "per-unit" and not isinstance(weight.to, str):
        hint = 'give the layer bias = "shared", or each unit its own bias'
        raise MisplacedWeight(key=key, weight=name, reason=f"{title} has one bias per unit", hint=hint)
    if layer.bias == "shared" and layer.unit_names and sorted(units) != sorted(layer.unit_names):
        listed = ", ".join(f'"{unit}"' for unit in layer.unit_names)
        raise MisplacedWeight(
            key=key, weight=name, reason=f"{title} has one bias for all of its units", hint=f"to = [{listed}]"
        )


def check_free(name: str, weight: Weight, places: dict[tuple[str | None, str], str]) -> None:
    """No two weights stand in one place; notes each place taken."""
    for unit in units_fed(weight):
        other = places.setdefault((weight.from_, unit), name)
        if other != name:
            reason = f"{other} already " + (f"leads from {weight.from_} to {unit}" if weight.from_ else f"feeds {unit}")
            raise MisplacedWeight(key=weight_key(name, "to"), weight=name, reason=reason, hint="keep one of them")


def check_fed(joint: Joint, joints: list[Joint], weights: Mapping[str, Weight]) -> None:
    """Each unit of a layer with listed wiring is fed by a listed weight."""
    layer = joint.layer
    if layer.wiring == "full":
        return
    fed = {unit for weight in weights.values() if weight.from_ is not None for unit in units_fed(weight)}
    unfed = tuple(unit for unit in layer.unit_names if unit not in fed)
    if layer.units == "out" and fed.issubset(unit for each in joints for unit in each.layer.unit_names):
        unfed = ("o1",)
    if unfed:
        raise UnfedUnit(key=layer.key, layer=layer.name, units=unfed)
