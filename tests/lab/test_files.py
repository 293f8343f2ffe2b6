"""The files of the page: packed, tagged, and no others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import Response

from tests.lab.asking import lab
from whygrad.lab.server.files import FIRST, Files

PAGE = '<link rel="preload" href="static/fonts/a.woff2" as="font">\n<link rel="stylesheet" href="static/lab.css">\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "a.woff2").write_bytes(b"packed already " * 20)
    (tmp_path / FIRST).write_text(PAGE, encoding="utf-8")
    (tmp_path / "lab.js").write_text("export const one = 1;\n" * 20, encoding="utf-8")
    (tmp_path / "notes.md").write_text("not of the page", encoding="utf-8")
    return tmp_path


def asked(files: Files, name: str, **headers: str) -> Response:
    found = [(key.replace("_", "-").encode(), value.encode()) for key, value in headers.items()]
    return files.answer(name, Request({"type": "http", "headers": found}))


def test_what_becomes_less_is_packed_for_who_can_unpack_it(folder: Path) -> None:
    files = Files(folder)
    plain, packed = asked(files, "lab.js"), asked(files, "lab.js", accept_encoding="gzip, br")
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == "accept-encoding"
    assert len(packed.body) < len(plain.body) / 2
    assert "content-encoding" not in asked(files, "fonts/a.woff2", accept_encoding="gzip").headers


def test_a_file_that_the_browser_has_is_not_sent_again_until_it_changes(folder: Path) -> None:
    files = Files(folder)
    tag = asked(files, "lab.js").headers["etag"]
    again = asked(files, "lab.js", if_none_match=tag)
    assert (again.status_code, again.body, again.headers["etag"]) == (304, b"", tag)
    (folder / "lab.js").write_text("export const one = 2;\n" * 20, encoding="utf-8")
    os.utime(folder / "lab.js", ns=(1, 1))
    changed = asked(files, "lab.js", if_none_match=tag)
    assert (changed.status_code, bytes(changed.body)[:21]) == (200, b"export const one = 2;")


@pytest.mark.parametrize("name", ["", "nothing.js", "notes.md", "../secret.js", "fonts", "/lab.js"])
def test_there_are_no_other_files(name: str, folder: Path) -> None:
    assert asked(Files(folder), name).status_code == 404


def test_a_file_that_is_gone_is_no_fault(folder: Path) -> None:
    files = Files(folder)
    (folder / "lab.js").unlink()
    assert asked(files, "lab.js").status_code == 404


def test_a_page_asks_for_its_font_only_where_there_is_one(folder: Path) -> None:
    without = bytes(asked(Files(folder), FIRST).body).decode()
    assert without == '<link rel="stylesheet" href="static/lab.css">\n'
    (folder / "fonts" / "a.woff2").rename(folder / "fonts" / "whygrad-math.woff2")
    assert bytes(asked(Files(folder), FIRST).body).decode() == PAGE


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("lab.js", "text/javascript; charset=utf-8"),
        ("lab.css", "text/css; charset=utf-8"),
        ("icon.svg", "image/svg+xml"),
        ("fonts/whygrad-math.woff2", "font/woff2"),
        ("fonts/OFL.txt", "text/plain; charset=utf-8"),
    ],
)
def test_every_file_is_called_what_it_is(name: str, kind: str) -> None:
    with lab() as browser:
        answer = browser.get(f"/static/{name}")
        assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
        assert browser.head(f"/static/{name}").content == b""
        assert browser.get(f"/static/{name}", headers={"if-none-match": answer.headers["etag"]}).status_code == 304
