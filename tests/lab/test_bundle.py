"""The page's modules in one script: each form that is known, each that is refused, and every file of the page."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.render.window import missing, started
from whygrad.lab.hosts.bundle import KINDS, STATIC, classic_script, everything, module_script, taken_apart
from whygrad.lab.hosts.script import NotBundled, pieces
from whygrad.lab.hosts.styles import every_style, face, style_within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

needs_browser = pytest.mark.skipif(bool(missing()), reason=missing())
ENTRIES = ["hosts/recorded-page.js", "hosts/widget.js"]
SCOPES = re.compile(r"^(\.wg-lab|\.wg-page|wg-[\w-]+|:host|\.room)(?![\w-])")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    yield from started()


def written(folder: Path, **modules: str) -> Path:
    """A folder with these modules; two underscores are a slash."""
    for name, text in modules.items():
        file = folder / f"{name.replace('__', '/')}.js"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


@needs_browser
def test_every_module_of_the_page_is_in_it_and_runs(browser: Browser) -> None:
    page = browser.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    # What the entry itself does needs a recording; all that it needs is run here.
    script = everything(ENTRIES[0], STATIC).replace(f'"{ENTRIES[0]}"', '"the entry"')
    page.evaluate(
        f"() => {{ 'use strict'; {script}\n"
        "for (const each of Object.keys($made)) if (each !== 'the entry') $need(each);\n"
        "window.ran = Object.keys($done); }"
    )
    ran = set(page.evaluate("window.ran"))
    every = {file.relative_to(STATIC).as_posix() for file in STATIC.rglob("*.js")}
    only_served = {"main.js", "host-socket.js"}
    assert every - ran <= only_served | set(ENTRIES)
    assert page.evaluate("Boolean(customElements.get('wg-network') && customElements.get('wg-panel-confusion'))")
    assert faults == []
    page.close()


@needs_browser
def test_scopes_imports_exports_and_what_loads_later(browser: Browser, tmp_path: Path) -> None:
    folder = written(
        tmp_path,
        dom='export const name = "dom"; /* import x */ export function told() { return name; }',
        sums=(
            "const name = 'sums'; // export nothing\n"
            "export class Sum { static of = `${name} import` && `a ${`b ${1 / 2}`} </script>`; }\n"
            "const hidden = /[/'\"`]+\\/*/g; export { hidden as pattern, name };\nexport async function later() {}"
        ),
        loading="export async function load(kind, name) { return import(`./${kind}/${name}.js`); }",
        panels__one='import { told as said, name } from "../dom.js";\nexport const tag = `${said()}-${name}`;',
        entry=(
            'import "./sums.js";\nimport sums from "./numbers.js";\nimport { Sum, pattern, name } from "./sums.js";\n'
            'import { load } from "./loading.js";\n'
            "window.found = [sums.all, name, Sum.of, String(pattern), 6 / 2 / 3];\n"
            'load("panels", "one").then(({ tag }) => window.found.push(tag));\n'
        ),
        numbers="const all = 3;\nexport default { all };",
    )
    script = classic_script("entry.js", folder)
    assert "</script" not in script
    page = browser.new_page()
    page.set_content(f"<!doctype html><script>{script}</script>")
    page.wait_for_function("window.found?.length === 6")
    assert page.evaluate("window.found") == [3, "sums", "a b 0.5 </script>", "/[/'\"`]+\\/*/g", 1, "dom-dom"]
    page.close()


@needs_browser
def test_a_module_gives_what_its_entry_gives(browser: Browser, tmp_path: Path) -> None:
    folder = written(tmp_path, loading="", entry="export default { render: () => 'drawn' };")
    page = browser.new_page()
    call = "async (text) => (await import(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })))).default"
    assert (
        page.evaluate(f"async (text) => (await ({call})(text)).render()", module_script("entry.js", folder)) == "drawn"
    )
    page.close()


@pytest.mark.parametrize(
    "script",
    [
        "const a = await import('./a.js');",
        "function f() { import('./a.js'); }",
        'import a, { b } from "./a.js";',
        'import * as a from "./a.js";',
        'import { a } from "https://cdn.example/a.js";',
        'import { a } from "a";',
        'import { a } from "./a.js"',
        'export * from "./a.js";',
        'export { a } from "./a.js";',
        "export let a = 1;",
        "export const a = 1, b = 2;",
        "export const { a } = {};",
        "export default function () {}",
        "export function* each() {}",
        "const where = import.meta.url;",
        "const text = `${import('./a.js')}`;",
        "const $need = 1;",
        "const text = `never ends;",
        "const text = 'never ends;",
        "f() {} /a/",
    ],
)
def test_a_form_that_is_not_known_is_refused(script: str) -> None:
    with pytest.raises(NotBundled):
        taken_apart("one.js", script)


def test_modules_that_need_each_other_or_are_not_there_are_refused(tmp_path: Path) -> None:
    folder = written(tmp_path, a='import "./b.js";', b='import "./a.js";', c='import "./d.js";')
    with pytest.raises(NotBundled, match=r"a\.js -> b\.js -> a\.js"):
        classic_script("a.js", folder)
    with pytest.raises(NotBundled, match=r"d\.js is not there"):
        classic_script("c.js", folder)


def test_no_text_ends_the_script_and_none_is_lost() -> None:
    module = taken_apart("one.js", "export const a = ['</Script>', `<!-- ${1} \u2028`];")
    assert module.body == r"const a = ['<\/Script>', `<\!-- ${1} \u2028`];"
    assert module.exports == {"a": "a"}


def test_the_pieces_of_every_module_are_the_module() -> None:
    for file in STATIC.rglob("*.js"):
        text = file.read_text(encoding="utf-8")
        assert "".join(each.text for each in pieces(text)) == text, file.name


def test_the_kinds_are_those_that_load_later() -> None:
    said = re.search(r"@param \{([^}]+)\} kind", (STATIC / "loading.js").read_text(encoding="utf-8"))
    assert said is not None
    assert tuple(json.loads(each) for each in said[1].split(" | ")) == KINDS


def rules(style: str) -> Iterator[str]:
    """Every selector of a style sheet, also within conditions."""
    style = re.sub(r"@keyframes wg-[\w-]+\s*\{\s*(?:[\w%]+\s*\{[^}]*\}\s*)*\}", "", style)
    style = re.sub(r"@font-face\s*\{[^}]*\}|@(?:media|container|supports)[^{]*\{", "", style)
    for heads in re.findall(r"([^{}]+)\{[^}]*\}", style):
        yield from (each.strip() for each in re.split(r",(?![^(]*\))", heads))


@pytest.mark.parametrize("style", [every_style(), style_within()], ids=["page", "within"])
def test_the_styles_are_those_of_the_lab_and_ask_for_nothing(style: str) -> None:
    assert [each for each in rules(style) if not SCOPES.match(each)] == []
    assert "wg-panel-confusion" in style
    assert not re.search(r"https?:|@import|url\((?!\"data:)", style)


def test_within_a_notebook_the_width_of_the_output_counts() -> None:
    assert re.search(r"@media[^{]*width", every_style())
    assert not re.search(r"@media[^{]*width", style_within())
    assert "@media print" in style_within()


def test_a_font_is_taken_in_and_one_that_was_not_made_is_left_out(tmp_path: Path) -> None:
    rule = '@font-face { font-family: "a"; src: url("a.woff2") format("woff2"); }'
    assert face(rule, tmp_path) == ""
    (tmp_path / "a.woff2").write_bytes(b"\0\1")
    assert face(rule, tmp_path) == rule.replace("a.woff2", "data:font/woff2;base64,AAE=")
    (tmp_path / "a.ttf").write_bytes(b"")
    with pytest.raises(NotBundled):
        face(rule.replace("woff2", "ttf"), tmp_path)
