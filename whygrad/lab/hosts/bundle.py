"""The page's modules as one script, for a page that has no server: a file, or the output of a notebook.

Each module becomes a function of its own, called when another one first needs it; names of modules do not meet. What
loads later on the page of the lab is there from the start. Comments are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Final

from whygrad.lab.hosts.script import NotBundled, Piece, depth_by, pieces

STATIC: Final = Path(__file__).parents[1] / "static"
LOADING: Final = "loading.js"
KINDS: Final = ("panels", "pages", "parts")  # the folders of what loads when it is first looked at
# In place of loading.js: what it would ask the server for is in the same script.
LOOKUP: Final = "return { load: async (kind, name) => $need(`${kind}/${name}.js`) };"
NAMES: Final = re.compile(r"\{((?: [\w$]+(?: as [\w$]+)? ,)*(?: [\w$]+(?: as [\w$]+)?)?) \}")
OWN: Final = ("$need", "$made", "$done", "$default")
ESCAPES: Final = {"</script": r"<\/script", "<!--": r"<\!--", "\u2028": r"\u2028", "\u2029": r"\u2029"}


@dataclass
class Module:
    """A module taken apart.

    - `needs`: the modules that it imports; `imports`: statements that take names out of them.
    - `exports`: what it gives, by the name that others know it by; `body`: the rest of it.
    """

    name: str
    needs: list[str] = field(default_factory=list)
    imports: list[str] = field(default_factory=list)
    exports: dict[str, str] = field(default_factory=dict)
    body: str = ""

    def script(self) -> str:
        """The inside of the function that it becomes."""
        given = ", ".join(name if name == own else f"{name}: {own}" for name, own in self.exports.items())
        return "\n".join([*self.imports, self.body, f"return {{ {given} }};"])


def classic_script(entry: str, folder: Path = STATIC) -> str:
    """A script that runs a module, for a page that has it inline. Raises NotBundled."""
    return f'(() => {{\n"use strict";\n{everything(entry, folder)}$need("{entry}");\n}})();\n'


def module_script(entry: str, folder: Path = STATIC) -> str:
    """A module that gives what another one gives by default. Raises NotBundled."""
    return f'{everything(entry, folder)}export default $need("{entry}").default;\n'


@cache
def everything(entry: str, folder: Path) -> str:
    """Every module that is needed, by its name, and the function that finds one. Raises NotBundled."""
    found = closure([entry, *loaded_later(folder)], folder)
    made = [f"{quoted(each.name)}: () => {{\n{each.script()}\n}}," for each in found]
    find = "const $need = (name) => ($done[name] ??= $made[name]());\n"
    script = "const $done = {};\nconst $made = {\n" + "\n".join(made) + "\n};\n" + find
    for mark in ("</script", "<!--"):
        if mark in script.lower():
            raise NotBundled(f"{mark} in code")
    return script


def loaded_later(folder: Path) -> list[str]:
    """The modules that the page of the lab loads when they are first looked at."""
    return sorted(each.relative_to(folder).as_posix() for kind in KINDS for each in (folder / kind).glob("*.js"))


def closure(names: list[str], folder: Path) -> list[Module]:
    """Modules and all that they need. Raises NotBundled, also for modules that need each other."""
    found: dict[str, Module] = {}
    way: list[str] = []

    def visit(name: str) -> None:
        if name in way:
            raise NotBundled(f"modules that need each other: {' -> '.join([*way, name])}")
        if name in found:
            return
        way.append(name)
        module = module_of(name, folder)
        for each in module.needs:
            visit(each)
        way.pop()
        found[name] = module

    for name in names:
        visit(name)
    return list(found.values())


def module_of(name: str, folder: Path) -> Module:
    """A module of a folder, taken apart. Raises NotBundled."""
    if name == LOADING:
        return Module(name, body=LOOKUP)
    if not (folder / name).is_file():
        raise NotBundled(f"{name} is not there")
    try:
        return taken_apart(name, (folder / name).read_text(encoding="utf-8"))
    except NotBundled as error:
        raise NotBundled(f"{name}: {error}") from None


def taken_apart(name: str, script: str) -> Module:
    """A module taken apart. Raises NotBundled."""
    module, kept, depth, before = Module(name), "", 0, ""
    source = list(pieces(script))
    place = 0
    while place < len(source):
        piece = source[place]
        depth += depth_by(piece)
        refuse_unknown(piece)
        if piece.kind == "word" and piece.text in ("import", "export") and before != ".":
            if depth:
                raise NotBundled(f"{piece.text} within a function")
            place, own = statement(module, source, place)
            kept += own
        else:
            kept = followed(kept, piece)
            place += 1
        before = piece.text if piece.counts else before
    module.body = kept.strip()
    return module


def refuse_unknown(piece: Piece) -> None:
    """Raises NotBundled for what another module could not tell from the bundle's own."""
    if piece.kind == "word" and piece.text in OWN:
        raise NotBundled(f"the name {piece.text}")
    if piece.kind == "template" and re.search(r"\bimport\s*[(.]", piece.text):
        raise NotBundled("import within a template")


def followed(script: str, piece: Piece) -> str:
    """A script and the piece behind it, without what only people read; no text ends the page that it is in."""
    if piece.kind in ("text", "template"):
        return script + re.sub("|".join(ESCAPES), lambda found: escaped(found[0]), piece.text, flags=re.IGNORECASE)
    if piece.counts:
        return script + piece.text
    if "\n" in piece.text:
        return script if script.endswith("\n") else f"{script.rstrip(' ')}\n"
    return script if script.endswith(("\n", " ")) or piece.kind == "comment" else f"{script} "


def escaped(mark: str) -> str:
    """A mark that means the same and is not the same: the letters keep their case."""
    return mark.replace("/", r"\/").replace("!", r"\!") if mark.isascii() else ESCAPES[mark]


def statement(module: Module, source: list[Piece], place: int) -> tuple[int, str]:
    """Take in an import or export; where the code goes on behind it, and what of it stays. Raises NotBundled."""
    if source[place].text == "export":
        return exported(module, source, place)
    end, words = until_semicolon(source, place)
    imported(module, words)
    return end, ""


def until_semicolon(source: list[Piece], place: int) -> tuple[int, list[str]]:
    """What counts up to the end of a statement, and the place behind it. Raises NotBundled."""
    depth = 0
    words: list[str] = []
    for end in range(place, len(source)):
        piece = source[end]
        depth += depth_by(piece)
        if depth == 0 and piece.text == ";":
            return end + 1, words
        if piece.counts:
            words.append(piece.text)
    raise NotBundled(f"a statement without a semicolon: {' '.join(words[:8])}")


def imported(module: Module, words: list[str]) -> None:
    """Take in an import. Raises NotBundled."""
    said = " ".join(words)
    given, _, where = said.removeprefix("import ").rpartition("from ")
    if not re.fullmatch(r'"\.\.?/[\w./-]+\.js"', where):
        raise NotBundled(said)
    needed = normpath(join(dirname(module.name), where[1:-1]))
    module.needs.append(needed)
    found = f"$need({quoted(needed)})"
    if (names := NAMES.fullmatch(given.strip())) is not None:
        module.imports.append(f"const {{ {names[1].replace(' as ', ': ').strip()} }} = {found};")
    elif re.fullmatch(r"[\w$]+ ", given):
        module.imports.append(f"const {{ default: {given.strip()} }} = {found};")
    elif given == "":
        module.imports.append(f"{found};")
    else:
        raise NotBundled(said)


def exported(module: Module, source: list[Piece], place: int) -> tuple[int, str]:
    """Take in an export; where the code goes on, and what stands in place of what was read. Raises NotBundled."""
    ahead = [(number, each.text) for number, each in enumerate(source[place : place + 40], place) if each.counts]
    words = [text for _, text in ahead]
    match words[1:4]:
        case ["default", kind, *_] if kind not in ("function", "class", "async"):
            module.exports["default"] = "$default"
            return ahead[2][0], "const $default = "
        case ["const", name, "="]:
            refuse_several(source, ahead[1][0])
        case ["function" | "class", name, *_] if name != "*":
            pass
        case ["async", "function", name]:
            pass
        case ["{", *_]:
            return export_list(module, source, place)
        case other:
            raise NotBundled(f"export {' '.join(other)}")
    module.exports[name] = name
    return ahead[1][0], ""


def refuse_several(source: list[Piece], place: int) -> None:
    """Raises NotBundled where one statement declares several names."""
    depth = 0
    for piece in source[place:]:
        depth += depth_by(piece)
        if depth == 0 and piece.text == ";":
            return
        if depth == 0 and piece.text == ",":
            raise NotBundled("several names in one export")


def export_list(module: Module, source: list[Piece], place: int) -> tuple[int, str]:
    """Take in `export { a, b as c };`. Raises NotBundled."""
    end, words = until_semicolon(source, place)
    said = " ".join(words[1:])
    if (names := NAMES.fullmatch(said)) is None:
        raise NotBundled(f"export {said}")
    for each in filter(None, map(str.strip, names[1].split(","))):
        own, _, name = each.partition(" as ")
        module.exports[name or own] = own
    return end, ""


def quoted(name: str) -> str:
    """A module's name as a text of the script."""
    return f'"{name}"'
