"""The first values of parameters, drawn in the program as whygrad draws them, or written out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.code.layout import fitted
from whygrad.code.literal import listed, number, shape, uniform

if TYPE_CHECKING:
    from collections.abc import Mapping

    from whygrad.code.recipe import Drawing, Language, Start

FULL = {0.0: "zeros", 1.0: "ones"}


def starts_in_arrays(
    starts: Mapping[str, Start], names: Mapping[str, str], language: Language, dtype: str
) -> list[str]:
    """A line for every parameter, drawn with NumPy or Python and made an array of the language."""
    lines: list[str] = []
    for name, start in starts.items():
        if start.drawing is None:
            value = given(start, language, dtype)
        else:
            value = as_array(drawn(start.value.shape, start.drawing), start, language, dtype)
        lines += fitted(f"{names[name]} = {value}")
    return lines


def given(start: Start, language: Language, dtype: str) -> str:
    """A parameter that is written out: one number over and over, or number by number."""
    module = {"numpy": "np", "pytorch": "torch", "jax": "jnp"}[language]
    same, value = uniform(start.value), start.value
    if not value.shape:
        return number(value) if language == "numpy" else f"{module}.{maker(language)}({decimal(float(value))})"
    kind = f", dtype={dtype}" if dtype else ""
    if same is not None and value.size > 1:
        if same in FULL:
            return f"{module}.{FULL[same]}({shape(value.shape)}{kind})"
        return f"{module}.full({shape(value.shape)}, {decimal(same)}{kind})"
    return f"{module}.{maker(language)}({pointed(listed(value))}{kind})"


def maker(language: Language) -> str:
    """What makes an array of numbers."""
    return "tensor" if language == "pytorch" else "array"


def decimal(value: float) -> str:
    """A number with a point, so that an array of it holds fractions."""
    text = number(value)
    return text if any(sign in text for sign in ".einf") else f"{text}.0"


def pointed(text: str) -> str:
    """Nested lists in which at least one number has a point."""
    if any(sign in text for sign in ".e"):
        return text
    first = text.strip("[").split(",")[0].rstrip("]")
    return text.replace(first, f"{first}.0", 1)


def drawn(sizes: tuple[int, ...], drawing: Drawing) -> str:
    """An expression that draws a parameter: by Python's generator unit by unit, by NumPy's at once."""
    bounds = f"{number(drawing.first)}, {number(drawing.second)}"
    if drawing.kind != "python":
        return f"weights.{drawing.kind}({bounds}{f', {shape(sizes)}' if sizes else ''})"
    if len(sizes) == 2:
        return f"[[uniform({bounds}) for i in range({sizes[0]})] for j in range({sizes[1]})]"
    return f"[uniform({bounds}) for j in range({sizes[0]})]" if sizes else f"uniform({bounds})"


def as_array(text: str, start: Start, language: Language, dtype: str) -> str:
    """What was drawn, as an array of the language; a matrix drawn unit by unit is turned."""
    by_python = start.drawing is not None and start.drawing.kind == "python"
    turned = ".T" if by_python and len(start.value.shape) == 2 else ""
    kind = f", dtype={dtype}" if dtype else ""
    match language:
        case "numpy" if by_python:
            return f"np.array({text}{kind}){turned}" if start.value.shape else text
        case "numpy":
            return f"{text}.astype({dtype})" if dtype and start.value.shape else text
        case "pytorch":
            return f"torch.tensor({text}{kind}){turned}"
        case _:
            return f"jnp.array({text}{kind}){turned}"


def start_in_lists(name: str, start: Start, kept: tuple[int, ...]) -> list[str]:
    """The lines of a parameter as nested lists, its axes of size 1 left out."""
    drawing, value = start.drawing, start.value.reshape(kept)
    if drawing is None:
        same = uniform(value)
        return fitted(f"{name} = {repeated(decimal(same), kept) if same is not None else listed(value)}")
    if drawing.kind != "python":
        return [f"{name} = {drawn(kept, drawing)}{'.tolist()' if kept else ''}"]
    if len(kept) < 2:
        return [f"{name} = {drawn(kept, drawing)}"]
    turned = f"{name} = [list(row) for row in zip(*{name})]"
    return [f"{name} = {drawn(kept, drawing)}", f"{turned}  # [i][j] leads from i to j"]


def zeros_in_lists(kept: tuple[int, ...]) -> str:
    """Nothing, as nested lists."""
    return repeated("0.0", kept)


def repeated(text: str, kept: tuple[int, ...]) -> str:
    """One number over and over, as nested lists of which no two are the same list."""
    if not kept:
        return text
    inside = f"[{text}] * {kept[-1]}"
    return f"[{inside} for i in range({kept[0]})]" if len(kept) > 1 else inside
