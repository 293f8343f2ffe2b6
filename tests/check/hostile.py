"""Notes as nobody should write them: the examples with bits exchanged, heaps of signs, equations of anything."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.check.marked import NOTES_222, network

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

EXAMPLES = Path(__file__).parents[2] / "examples"
NOTES = [path.read_text(encoding="utf-8") for path in sorted((EXAMPLES / "notes").glob("*.md"))]
NETWORKS = (
    NOTES_222,
    (EXAMPLES / "live-221.toml").read_text(encoding="utf-8"),
    network("2 -> 3 relu -> 2 tanh -> 2 sigmoid", "sum half-squared-error", 2, 2),
    network("2 -> 2 tanh -> 2", "mean squared-error", 2, 2, 'optimizer = "adam"'),
)
SIGNS = "0123456789.=+-*/^()[]{}_\\ xwbEd'½≈→|\n,e%σ∂Σ"
BITS = (
    *"0123456789.,;:|()[]{}<>+-*/^=~$&\\'\"_%!?#`@\n\t ",
    *"−×·½²₁σ∂Δδ≈→…ŷ√∞ηΣ\u0302\u200b\u00a0\U0001d464",
    *("net_H1", "w5", "E_total", "x", "e", "d", "w5_new", "dE/dw5", "learning rate", "target", "new", "of", "the"),
    *("\\frac{", "\\frac12", "\\sum_{i=1}^{2}", "\\left(", "\\right)", "\\sigma", "\\mathrm{", "\\hat", "\\text{"),
    *("$$", "\\\\", "\\begin{aligned}", "\\end{aligned}", "\\partial E", "_{", "^{", "^{(2)}", "<sub>", "</sub>"),
    *("sigmoid(", "max(", "exp", "ln", "tanh^2", "|---|", "| ", "```", "```whygrad", "+++", "---", "<!--", "-->"),
    *("aliases = {}", "[aliases]", " = ", " = 0.5", "0.25", " x ", "2x1", "w1x1", "10^-3", "1,000", "np.exp("),
    *(
        "\\boxed{",
        "<sup>",
        "and",
        "  ",
        "1e-3",
        "⁻³",
        "⌊",
        "\\rfloor",
        "σ'",
        "f(",
        "¬",
        "____",
        "<!-- whygrad: right -->",
    ),
)
HEAPS = (
    *("1e999", "-1e999", "NaN", "nan", "inf", "∞", "1e-999", "9" * 400, f"0.{'0' * 400}1", "10^(10^10)", "2^9999999"),
    *("1/0", "0^-1", "ln(0)", "exp(1e9)", "99999999999999999999^9999", "(" * 10, ")" * 6, "|" * 50, "a" * 300),
    *("1 = " * 40, "\\frac{" * 60, "{" * 80, "[" * 60, "-" * 90, "^2" * 60, "Σ" * 40, "\\sum_{i=1}^{999999999} x_i"),
    *("√" * 50, "σ(" * 60, "σ(" * 40 + "1" + ")" * 40, " " * 500, "\t" * 50, "e" * 120, "w1·" * 80, "½" * 70),
    *("≈ 0.5 " * 60, "E = " * 60, "|a|b|c|\n|-|-|-|\n" + "|1|2|3|\n" * 10, "|1" * 200, "x_{" * 40, "_" * 100),
    *("''''" * 20, "\u202e", "\u0000", "\ufeff", "d/d" * 40, "∂E/∂" * 30, "1,0" * 40, "1.2.3.4", "w1 = 0.5\n" * 30),
)
NAMES = (
    *("net_H1", "out_H1", "net_Y1", "z1", "a1", "E", "E_total", "dE/dw5", "w5", "w5_new", "w5'", "δ_Y1", "Δw5"),
    *("dE/dnet_Y1", "out_Y1", "b1", "x1", "η", "∂E/∂w_1", "t1", "h1", "out", "u", "ŷ", "velocity_w1", "z1^(2)"),
)


def hostile(draw: Random) -> str:
    """Some notes."""
    return draw.choice(KINDS)(draw)


def mutated(draw: Random) -> str:
    """Some lines of an example, with bits exchanged, put in, taken out, doubled."""
    lines = draw.choice(NOTES).rpartition("+++")[2].splitlines()
    first = draw.randrange(len(lines))
    text = list("\n".join(lines[first : first + draw.choice((1, 2, 4, 8))]))
    for _ in range(draw.randrange(1, 12)):
        if text:
            change(text, draw)
    return "".join(text)


def change(text: list[str], draw: Random) -> None:
    """One change somewhere."""
    place, kind = draw.randrange(len(text)), draw.random()
    if kind < 0.6:
        text[place] = draw.choice(SIGNS)
    elif kind < 0.75:
        text[place:place] = draw.choice(BITS)
    elif kind < 0.85:
        del text[place : place + draw.randrange(1, 12)]
    elif kind < 0.95:
        start = draw.randrange(len(text))
        text[place:place] = text[start : start + draw.randrange(40)]
    else:
        text[place:place] = draw.choice(HEAPS)


def heaped(draw: Random) -> str:
    """Bits one behind the other, and the header of notes before some."""
    head = draw.choice(("", "", "", "+++\naliases = { a = 'b', b = 'c', c = 'a', z1 = 'net_H1' }\n+++\n"))
    return head + "".join(draw.choice(BITS) for _ in range(draw.randrange(60)))


def equations(draw: Random) -> str:
    """Equations that are well written, of quantities of the network and any numbers."""
    return "\n".join(equation(draw) for _ in range(draw.randrange(1, 6)))


def equation(draw: Random) -> str:
    """One of them."""
    formula = numeral(draw)
    for _ in range(draw.randrange(4)):
        pattern = draw.choice(("{} + {}", "{} × {}", "({} - {})", "{} / {}", "{}^{}"))
        formula = pattern.format(formula, draw.choice((numeral(draw), draw.choice(NAMES))))
    pattern = draw.choice(("{}", "{}", "{}", "σ({})", "tanh({})", "½({})²", "exp({})", "1/(1+e^-({}))"))
    return f"{draw.choice(NAMES)} = {pattern.format(formula)} {draw.choice('=≈→')} {numeral(draw)}"


def numeral(draw: Random) -> str:
    """A number, now and then one that is none."""
    kind = draw.random()
    if kind < 0.03:
        return draw.choice(HEAPS)
    return str(draw.randrange(20)) if kind < 0.3 else f"{draw.uniform(-2, 2):.{draw.randrange(1, 8)}f}"


KINDS: tuple[Callable[[Random], str], ...] = (mutated, mutated, heaped, equations)
