"""Where the rows come from: what the section data can and cannot say at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.errors.combination import Contradiction, DataSourceError, UnequalColumns, UnknownColumn
from whygrad.errors.spec import MissingKey
from whygrad.spec.layers import check_unique

if TYPE_CHECKING:
    from collections.abc import Iterable

    from whygrad.errors.spec import Key
    from whygrad.spec.data import Data

__all__ = ["check_data"]

SOURCES = ("file", "toy", "columns", "dataset")


def check_data(data: Data, *, with_frame: bool) -> None:
    """Raises WG203 for a missing target, WG209 to WG212 and WG215; `with_frame`: rows come as an argument."""
    check_sources(data, with_frame=with_frame)
    check_target(data, with_frame=with_frame)
    check_named_once(data)
    check_columns(data)
    check_image(data)


def check_sources(data: Data, *, with_frame: bool) -> None:
    """The rows come from exactly one place."""
    found = tuple(name for name in SOURCES if getattr(data, name) is not None)
    if with_frame and found:
        expected = "no source in data, since the rows are given as an argument"
        raise DataSourceError(key=("data", found[0]), found=(*found, "the argument"), expected=expected)
    if not with_frame and len(found) != 1:
        raise DataSourceError(key=("data", *found[1:2]), found=found)


def targets(data: Data) -> tuple[str, ...]:
    """The target columns as a list."""
    return (data.target,) if isinstance(data.target, str) else data.target


def check_target(data: Data, *, with_frame: bool) -> None:
    """Rows of one's own need a target; ready-made rows have theirs."""
    if data.toy is None and data.dataset is None:
        if not data.target and not with_frame:
            raise MissingKey(key=("data", "target"), expected="the name of the column to predict")
        return
    source = "toy" if data.toy is not None else "dataset"
    for key, value in (("target", data.target), ("inputs", data.inputs)):
        if value:
            reason = f"the {source} set brings its own inputs and target"
            raise Contradiction(key=("data", key), this=key, that=source, reason=reason, hint=f"take {key} away")


def check_columns(data: Data) -> None:
    """Columns given here are equally long, and only they can be named."""
    if data.columns is None:
        return
    lengths = {name: len(cells) for name, cells in data.columns.items()}
    if len(set(lengths.values())) != 1 or 0 in lengths.values():
        raise UnequalColumns(key=("data", "columns"), lengths=tuple(lengths.items()))
    missing = data.missing if isinstance(data.missing, dict) else {}
    named: list[tuple[Key, str]] = [*keyed("inputs", data.inputs), *keyed("target", targets(data))]
    for key, name in [*named, *((("data", "missing", name), name) for name in missing)]:
        if name not in data.columns:
            raise UnknownColumn(key=key, found=name, choices=tuple(data.columns))


def check_named_once(data: Data) -> None:
    """No column is named twice, nor as both input and target."""
    check_unique("column", keyed("inputs", data.inputs))
    check_unique("column", keyed("target", targets(data)))
    for key, name in keyed("inputs", data.inputs):
        if name in targets(data):
            reason = "a network that is given the answer learns nothing else"
            hint = f'take "{name}" out of inputs'
            raise Contradiction(key=key, this=f'the input "{name}"', that="the same target", reason=reason, hint=hint)


def keyed(key: str, names: Iterable[str]) -> list[tuple[Key, str]]:
    """Column names and the key that each stands under."""
    return [(("data", key), name) for name in names]


def check_image(data: Data) -> None:
    """Shift and flip need to know what is beside what, and a shift leaves some of the image."""
    augment, image = data.augment, (8, 8) if data.dataset == "digits" else data.image
    if augment is None or not (augment.shift or augment.flip):
        return
    key = "shift" if augment.shift else "flip"
    if image is None:
        reason = "only an image can be shifted or flipped, and the rows do not say that they are one"
        raise Contradiction(
            key=("data", "augment", key),
            this=f"augment.{key}",
            that="rows without an image shape",
            reason=reason,
            hint="image = [height, width]",
        )
    if augment.shift >= min(image):
        size = f"an image of {image[0]} x {image[1]}"
        reason = "the whole image would be shifted away"
        this = f"augment.shift = {augment.shift}"
        hint = f"a shift below {min(image)}"
        raise Contradiction(key=("data", "augment", "shift"), this=this, that=size, reason=reason, hint=hint)
