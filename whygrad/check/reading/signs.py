"""The signs of mathematics, in plain characters and in TeX, and what each is to a formula."""

from __future__ import annotations

import re
from typing import Final

from whygrad.check.reading.vocabulary import RELATIONS

DOTS: Final = "dots stand for something left out"
BLANK: Final = "a blank is not filled in"
MATRIX: Final = "matrices are not read: write the units one by one"
UNKNOWN: Final = "this sign is not known here"
UNCLOSED: Final = "a bracket has no other"

SIGNS: Final[dict[str, str]] = {
    **dict.fromkeys(RELATIONS, "RELATION"),
    **dict.fromkeys(
        ("=>", "⇒", "⟹", "∴", "⇔", "<=>", "<=", ">=", "!=", "≠", "≤", "≥", "<", ">", "±", "∈", "∝", "⟺"), "STOP"
    ),
    **dict.fromkeys(("—", ";", ":", ".", "!", "?", "%", "#", "✓", "✔", "✗", "✘", "—"), "STOP"),
    **dict.fromkeys(("**", "^"), "POWER"),
    **dict.fromkeys("*×·⋅∙•∗\N{VECTOR OR CROSS PRODUCT}✕✖⊙", "TIMES"),
    **dict.fromkeys("/÷\N{FRACTION SLASH}\N{DIVISION SLASH}", "DIVIDE"),
    **dict.fromkeys("-−\N{HYPHEN}\N{NON-BREAKING HYPHEN}–\N{SMALL HYPHEN-MINUS}", "MINUS"),
    **dict.fromkeys("([{", "OPEN"),
    **dict.fromkeys((r"\{", r"\lbrace", r"\lbrack", r"\langle"), "OPEN"),
    **dict.fromkeys(("⌊", r"\lfloor"), "FLOOR"),
    **dict.fromkeys(("⌋", r"\rfloor"), "CLOSE"),
    **dict.fromkeys(")]}", "CLOSE"),
    **dict.fromkeys((r"\}", r"\rbrace", r"\rbrack", r"\rangle"), "CLOSE"),
    **dict.fromkeys(("|", "‖", r"\vert", r"\lvert", r"\rvert", r"\mid", r"\|"), "BAR"),
    "+": "PLUS",
    ",": "COMMA",
    **dict.fromkeys((r"\cdot", r"\times", r"\ast", r"\odot", r"\*", r"\bullet", r"\star"), "TIMES"),
    r"\div": "DIVIDE",
    **dict.fromkeys(
        (r"\Rightarrow", r"\implies", r"\therefore", r"\Longrightarrow", r"\iff", r"\Leftrightarrow"), "STOP"
    ),
    **dict.fromkeys(
        (r"\le", r"\leq", r"\ge", r"\geq", r"\ne", r"\neq", r"\lt", r"\gt", r"\pm", r"\in", r"\propto"), "STOP"
    ),
    **dict.fromkeys((r"\ldots", r"\dots", r"\cdots", "…", "...", "@"), "ODD"),
}
PLAIN_SIGNS: Final = sorted((sign for sign in SIGNS if not re.match(r"\\[A-Za-z]", sign)), key=len, reverse=True)
SIGN: Final = re.compile("|".join(map(re.escape, PLAIN_SIGNS)))
RULE: Final = re.compile(r"={3,}|-{4,}|[─═━_]{2,}|\*{3,}|#{2,}")

SILENT: Final = re.compile(
    r"[\s\u00a0\u2000-\u200f\u202a-\u202f\u2060\u2061-\u2064\ufeff&`\"“”„«»]+|\\[,;:! >]"
    r"|\\(?:left|right|[bB]igg?[lrm]?|displaystyle|textstyle|limits|nolimits|nonumber|notag|centering)(?![A-Za-z])\.?"
    r"|\\(?:tag\*?|label|eqref|ref|cite|color|textcolor|hspace|vspace|phantom)\s*\{[^{}]*\}"
    r"|</?(?:b|i|em|strong|span|p|div|code|kbd|u|a|font|td|tr|br|math|mark|small|img)\b[^<>]{0,200}>"
)
WIDE: Final = re.compile(r"\\q?quad(?![A-Za-z])")
MATHS: Final = re.compile(r"\$\$?|\\[()\[\]]")
ROW: Final = re.compile(r"\\\\(?:\[[\d.]*(?:em|ex|pt|mm|cm)\])?|\\newline(?![A-Za-z])|\\cr(?![A-Za-z])")
ENVIRONMENT: Final = re.compile(r"\\(begin|end)\s*\{([^{}]*)\}(?:\{[^{}]*\}|\[[^\[\]]*\])?")
FRAMED: Final = re.compile(r"\\(?:boxed|underline|fbox|underbrace|overbrace|cancel|mathrm|text)\s*(?=\{)")
ADDRESS: Final = re.compile(r"\w+://\S+|\]\((?:https?:|\.{0,2}/|#|[\w-]+\.[a-z]{2,5})[^()\s]*\)|!\[")
SUPERSCRIPTED: Final = re.compile(r"[⁰¹²³⁴-⁹⁺⁻⁽⁾ⁿˣʸᶻᵗ·]+")
RAISED_TAG: Final = re.compile(r"<(/?)sup>", re.IGNORECASE)
COMMAND: Final = re.compile(r"\\(?:[A-Za-z]+|.)")
DIGIT_FRACTION: Final = re.compile(r"\\[dt]?frac\s*(\d)\s*(\d)")
BOLD: Final = re.compile(
    r"(?<![^\s(>\"'|])(\*\*\*|\*\*|\*|~~)(?=[^\s*~])(?:(?!\1).)*?(?<=[^\s*~])(\1)(?![\w*~])"
    r"|(?<![^\s(>\"'|*])(__?)(?=[^\W_]|[\\$`*(]).*?(?<=[^\s_])(\3)(?![\w])"
)


def emphasis(text: str) -> frozenset[int]:
    """The places of stars and underscores that set type bold or slanted, and are neither product nor power."""
    found: set[int] = set()
    for mark in BOLD.finditer(text):
        for group in (1, 2) if mark[1] else (3, 4):
            found.update(range(mark.start(group), mark.end(group)))
    return frozenset(found)
