"""What a written name may stand for: `h₁`, `out_{h1}` and `a_1^{(2)}` are ways of writing the out of a unit.

Which of a network's quantities is meant is decided later, where the network is known; here a name is only taken apart.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from whygrad.check.reading.letters import BELOW, GREEK_NAMES, HAT, lowered_digits, plainer, raised_digits

if TYPE_CHECKING:
    from collections.abc import Iterable


class Role(Enum):
    """What kind of quantity a name is; the value is how its canonical spelling begins."""

    NET = "net"
    OUT = "out"
    TARGET = "target"
    ERROR = "E"
    DELTA = "delta"
    DERIVATIVE = "d"
    CHANGE = "Δ"
    WEIGHT = "w"
    BIAS = "b"
    INPUT = "x"
    RATE = "learning_rate"
    OTHER = ""


@dataclass(frozen=True)
class Spelling:
    """One meaning of a written name.

    - `stem`: the letters that it begins with, plain: "w", "net", "wOut", "h".
    - `below`: its subscripts, in order, each plain: ("H1",), ("1", "2"). A unit that is a name by itself, such as h1
      or Y1, is one: the out of h1 has below ("h1",).
    - `layer`: what stands above in brackets, a_1^{(2)}. `is_new`: after the update (w5_new, w5', w5+).
    - `of` and `by`: of a derivative, what changes and with what; `by` also of a change, Δw5.
    """

    role: Role
    stem: str = ""
    below: tuple[str, ...] = ()
    layer: str = ""
    is_new: bool = False
    of: Spelling | None = None
    by: Spelling | None = None

    @property
    def unit(self) -> str:
        """The unit that is meant, as far as its name says: "H1", "1", or nothing."""
        return "_".join(self.below)

    @property
    def canonical(self) -> str:
        """The name as whygrad writes it: net_H1, out_h1, w5_new, dE/dw5, E_total, target_y1, learning_rate."""
        return self.first_part() + ("_new" if self.is_new else "")

    @property
    def layered(self) -> str:
        """The same with the layer that is named above it: w11^(2), dE/dw11^(2)."""
        if self.by is not None and self.by.layer:
            return f"{self.canonical}^({self.by.layer})"
        above = f"^({self.layer})" if self.layer else ""
        return self.first_part() + above + ("_new" if self.is_new else "")

    def first_part(self) -> str:
        if self.by is not None:
            of = self.of.canonical.replace("E_total", "E") if self.of else "E"
            return f"d{of}/d{self.by.canonical}" if self.role is Role.DERIVATIVE else f"Δ{self.by.canonical}"
        if self.role is Role.RATE:
            return "learning_rate"
        if self.role is Role.ERROR and not self.below:
            return "E_total"
        if self.role in SCRIPTED:
            return "_".join([self.role.value, *self.below])
        digits = all(part.isdecimal() for part in self.below)
        return self.stem + ("".join(self.below) if digits else "".join(f"_{part}" for part in self.below))

    @property
    def folded(self) -> str:
        """The canonical spelling without capitals and underscores, to be compared."""
        return folded(self.canonical)


SCRIPTED: Final = (Role.NET, Role.OUT, Role.TARGET, Role.ERROR, Role.DELTA)
# What a stem may mean, the likeliest first. Case counts where both cases are there.
STEMS: Final[dict[str, tuple[Role, ...]]] = {
    **dict.fromkeys(
        ("net", "z", "s", "sum", "u", "in", "netinput", "preactivation", "weightedsum", "logit"), (Role.NET,)
    ),
    **dict.fromkeys(("out", "a", "output", "activation", "act", "pred", "prediction", "yhat", "p"), (Role.OUT,)),
    **dict.fromkeys(("target", "t", "label", "truth", "expected"), (Role.TARGET,)),
    **dict.fromkeys(("E", "L", "J", "C", "e", "loss", "error", "cost", "err", "mse", "sse"), (Role.ERROR,)),
    **dict.fromkeys(("delta", "δ"), (Role.DELTA,)),
    **dict.fromkeys(("w", "weight", "θ", "theta"), (Role.WEIGHT,)),
    **dict.fromkeys(("b", "bias", "β"), (Role.BIAS,)),
    **dict.fromkeys(("x", "i", "input"), (Role.INPUT,)),
    **dict.fromkeys(("η", "eta", "lr", "α", "alpha", "learningrate", "rate"), (Role.RATE,)),
    **dict.fromkeys(("h", "o", "n"), (Role.OUT, Role.NET)),
    "y": (Role.TARGET, Role.OUT),
}
TOTAL: Final = frozenset({"total", "tot", "sum", "all"})
NEW: Final = frozenset({"new", "neu", "updated", "next", "after", "+", "t+1", "prime", "'", "*"})
OLD: Final = frozenset({"old", "before", "initial", "t"})

GROUP: Final = r"\{(?:[^{}]|\{[^{}]*\})*\}"
WRAPPER: Final = re.compile(
    r"\\(?:mathrm|mathbf|mathit|mathcal|text|textit|textbf|textrm|operatorname|boldsymbol|bm|rm|vec|bar|tilde)\s*"
    r"(?:\{([^{}]*)\}|(?=\w))"
)
HATTED: Final = re.compile(r"\\(?:wide)?hat\s*(?:\{([^{}]*)\}|([^\W\d_]))")
COMMAND: Final = re.compile(r"\\([A-Za-z]+)\s*")
TAG: Final = re.compile(r"<(sub|sup)>([^<>]*)</\1>", re.IGNORECASE)
LOWERED: Final = re.compile(f"[{''.join(BELOW)}]+")
RAISED: Final = re.compile("[⁽⁺⁰-⁹¹²³ⁱⁿᵗ⁾]+")
SCRIPT: Final = re.compile(rf"([_^])\s*({GROUP}|\([^()]*\)|\[[^\[\]]*\]|[^\W_]+(?:\+\d)?|.)")
D: Final = r"(?:\\partial(?![A-Za-z])\s*|\\mathrm\s*\{d\}\s*|[dδ∂]\s*)"
QUOTIENT: Final = re.compile(
    rf"{D}(?P<of>[^/÷]+?)\s*[/÷]\s*{D}(?P<by>.+)|\\[dt]?frac\s*\{{\s*{D}(?P<tex_of>.+?)\}}\s*\{{\s*{D}(?P<tex_by>.+)\}}"
)
IN_CODE: Final = re.compile(r"d(?P<of>[A-Za-z]\w*?)_d(?P<by>[A-Za-z]\w*)")
OF_LOSS: Final = re.compile(
    r"(?:∇|\\nabla(?![A-Za-z]))\s*_?\s*(?P<nabla>.+)|(?:grad|gradient|g)(?:_| of | )(?P<grad>.+)"
    r"|d_?(?P<d>(?:w|W|b|z|a|net|out)_?\w*)"
)
CHANGED: Final = re.compile(r"(?:Δ|\\Delta(?![A-Za-z])|Delta_?)\s*(.+)")
NUMBERED: Final = re.compile(r"(.*?[^\W\d_])(\d+)")
GLUED: Final = re.compile(r"(net|out|target)([A-Za-z]\d+)|(E)([oOyYhH]\d+)")
UNIT: Final = frozenset("hHoOyYnN")
FILLING: Final = frozenset({"of", "for", "at", "the", "unit", "neuron", "node", "input", "value"})


def folded(name: str) -> str:
    """A name without capitals, underscores and braces, to be compared."""
    return re.sub(r"[_{}\s,]", "", name).casefold()


@lru_cache(maxsize=4096)
def spellings(text: str) -> tuple[Spelling, ...]:
    """Every meaning of a name, the likeliest first; the last is the name by itself, whatever it means."""
    text = plainer(text).strip()
    itself = Spelling(Role.OTHER, unscripted(text))
    found = derivatives(text) or changes(text) or quantities(text)
    return tuple(dict.fromkeys([*found, itself]))


def called(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """Those of the known names that a written name may stand for by its spelling alone, the likeliest first."""
    names: dict[str, list[str]] = {}
    for name in known:
        names.setdefault(folded(name), []).append(name)
    wanted = dict.fromkeys([folded(text), *(each.folded for each in spellings(text))])
    found = [name for key in wanted for name in names.get(key, [])]
    exact = [name for name in found if name == text]
    return tuple(dict.fromkeys(exact + found))


def derivatives(text: str) -> list[Spelling]:
    r"""The meanings of a name as a derivative: dE/dw5, \frac{∂E}{∂w_5}, dE_dw5, ∇w5, dw5."""
    if found := QUOTIENT.fullmatch(text):
        of, by = (found["of"] or found["tex_of"]), (found["by"] or found["tex_by"])
    elif found := IN_CODE.fullmatch(text):
        of, by = found["of"], found["by"]
    elif found := OF_LOSS.fullmatch(text):
        of, by = "E", found["nabla"] or found["grad"] or found["d"]
    else:
        return []
    likeliest = [quantities(outside_brackets(each))[:2] for each in (of, by)]
    return [Spelling(Role.DERIVATIVE, of=above, by=below) for below in likeliest[1] for above in likeliest[0][:1]]


def outside_brackets(text: str) -> str:
    """What stands in brackets, where brackets stand around the whole of it."""
    text = text.strip()
    return text[1:-1].strip() if text[:1] + text[-1:] in ("()", "{}", "[]") else text.removeprefix("_")


def changes(text: str) -> list[Spelling]:
    """The meanings of a name as a change: Δw5."""
    found = CHANGED.fullmatch(text)
    return [Spelling(Role.CHANGE, by=each) for each in quantities(found[1])[:1]] if found else []


def quantities(text: str) -> list[Spelling]:
    """The meanings of a name that is no derivative; never none."""
    stem, below, above, hat = scripts(text)
    stem, below = numbered(stem, below)
    marks = {each.strip("()[]{} ").casefold() for each in (*above, *below)}
    below = tuple(part for part in below if part.casefold() not in NEW | OLD or part.isdecimal())
    layer = next((each[1:-1] for each in above if each[:1] in ("(", "[") and each[1:-1].isdecimal()), "")
    roles = (Role.OUT,) if hat else roles_of(stem)
    return [settled(Spelling(role, stem, below, layer, bool(marks & NEW))) for role in roles]


def settled(found: Spelling) -> Spelling:
    """A spelling whose subscripts say the unit: h1 is a unit by itself, E_total has none."""
    if found.role is Role.ERROR:
        return replace(found, below=tuple(part for part in found.below if part.casefold() not in TOTAL))
    if found.role in (Role.OUT, Role.NET, Role.TARGET) and found.stem in UNIT and found.below:
        return replace(found, below=(found.stem + "".join(found.below),))
    return found


def roles_of(stem: str) -> tuple[Role, ...]:
    """What the letters of a name may mean."""
    for key in (stem, stem.casefold()):
        if roles := STEMS.get(key):
            return roles
    if re.fullmatch(r"[wbx][A-Z]\w*", stem):
        return STEMS[stem[0]]
    return (Role.OTHER,)


def numbered(stem: str, below: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The stem without the number at its end and without a unit glued to it: w5, neth1."""
    if found := GLUED.fullmatch(stem):
        return found[1] or found[3], (found[2] or found[4], *below)
    if found := re.fullmatch(r"([^\W\d_])(\d),(\d)", stem):
        return found[1], (found[2], found[3], *below)
    if found := NUMBERED.fullmatch(stem):
        return found[1], (found[2], *below)
    return stem, below


def scripts(text: str) -> tuple[str, tuple[str, ...], tuple[str, ...], bool]:
    """The stem of a name, what stands below it, what above, and whether it wears a hat."""
    line, hat = on_one_line(text)
    above: list[str] = []
    below: list[str] = []
    for where, what in SCRIPT.findall(line):
        inside = what[1:-1].strip() if what[:1] == "{" else what
        if where == "^":
            above.append(inside)
        else:
            below += [re.sub(r"[_{}\s]", "", part) for part in inside.split(",")]
    words = SCRIPT.sub(" ", line).replace("′", "'").split()
    above += [word[-1] for word in words if len(word) > 1 and word[-1] in "'*+"]
    return *in_words([word.rstrip("'*+") for word in words], below, above), hat


def in_words(words: list[str], below: list[str], above: list[str]) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Words before and behind a name that say more of it: "target y1", "new w5", "net(H1)", "w[0,1]"."""
    found = [part for word in words for part in re.split(r"[()\[\]]", word) if part]
    fresh = [word for word in found if word.casefold() in NEW]
    found = [word for word in found if word.casefold() not in NEW | FILLING | {"old"}] or found
    stem, *rest = found or [""]
    if len(found) > 1 and folded("".join(found)) in STEMS:
        stem, rest = folded("".join(found)), []
    if stem.casefold() in ("total", "weighted", "squared") and rest:
        stem, rest = rest[0], rest[1:]
    indices = [index for word in rest for index in word.split(",") if index]
    return stem, tuple(part for part in [*below, *indices] if part), (*above, *fresh)


def on_one_line(text: str) -> tuple[str, bool]:
    """A name in plain letters with its scripts behind _ and ^, and whether it wears a hat."""
    decomposed = unicodedata.normalize("NFD", text)
    hat = HAT in decomposed or bool(HATTED.search(text)) or "_hat" in text
    line = HATTED.sub(lambda found: found[1] or found[2], decomposed.replace(HAT, "").replace("_hat", ""))
    line = TAG.sub(lambda found: f"{'_' if found[1].lower() == 'sub' else '^'}{{{found[2]}}}", line)
    line = WRAPPER.sub(lambda found: found[1] or "", line)
    line = COMMAND.sub(lambda found: GREEK_NAMES.get(found[1], found[1]), line)
    line = LOWERED.sub(lambda found: f"_{{{lowered_digits(found[0])}}}", line)
    line = RAISED.sub(lambda found: f"^{{{raised_digits(found[0])}}}", line)
    return unicodedata.normalize("NFC", line.replace("\\", "")), hat


def unscripted(text: str) -> str:
    r"""A name in plain characters: \mathrm{net}_{\mathrm{H1}} is net_H1, w_{5} is w5."""
    line, hat = on_one_line(text)
    line = re.sub(r"\s+", " ", line.replace("{", "").replace("}", ""))
    return re.sub(r"^([^\W\d_])_(\d)", r"\1\2", line) + ("_hat" if hat else "")
