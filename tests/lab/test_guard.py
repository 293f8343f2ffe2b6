"""Who may talk to the lab: each rule has a test that fails without it."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from tests.lab.asking import HERE, KEYS, SOCKET, lab
from whygrad.lab.server.guard import Keys

OPEN = Keys("the-token", "whygrad-lab-8765", "a long password", None)


@pytest.fixture
def stranger() -> Iterator[TestClient]:
    """A browser without the cookie."""
    with lab() as browser:
        browser.cookies.clear()
        yield browser


def test_the_cookie_opens_the_page_and_what_belongs_to_it() -> None:
    with lab() as browser:
        assert browser.get("/").headers["content-type"].startswith("text/html")
        assert browser.get("/static/index.html").status_code == 200
        assert browser.get("/api/health").json()["status"] == "ok"
        assert browser.get("/api/schema").json()["title"]
        assert browser.get("/static/../guard.py").status_code == 404
        assert browser.get("/static/%2e%2e/guard.py").status_code == 404


@pytest.mark.parametrize(
    "path", ["/", "/?token=wrong", "/?token=", "/static/index.html?token=the-token", "/api/health"]
)
def test_without_the_cookie_there_is_one_sentence(path: str, stranger: TestClient) -> None:
    answer = stranger.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (403, "text/plain; charset=utf-8")
    assert answer.text == "This page is open only through the address that `whygrad lab` printed in its terminal.\n"


def test_a_wrong_cookie_is_none(stranger: TestClient) -> None:
    for value in ("wrong", "", "the-token-and-more", "é"):
        assert stranger.get("/", headers={b"cookie": f"{KEYS.cookie}={value}".encode()}).status_code == 403


def test_the_token_is_left_behind_with_a_cookie_that_no_script_and_no_other_site_has(stranger: TestClient) -> None:
    answer = stranger.get("/?token=the-token")
    assert (answer.status_code, answer.headers["location"]) == (303, "./")
    said = answer.headers["set-cookie"].lower()
    assert said.startswith("whygrad-lab-8765=the-token;")
    assert {"httponly", "samesite=strict", "path=/"} <= {part.strip() for part in said.split(";")}
    assert stranger.get("/").status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "", "127.0.0.1@evil:1"]
)
def test_another_name_for_this_machine_is_refused(host: str) -> None:
    with lab() as browser:
        answer = browser.get("/", headers={"host": host})
        assert (answer.status_code, answer.text) == (400, "This address is not one of the lab's.\n")
        assert browser.get("/?token=the-token", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:9000", "LOCALHOST", "[::1]:8765"])
def test_every_name_of_its_own_is_fine(host: str) -> None:
    with lab() as browser:
        assert browser.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://evil.example"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "null"},
        {"origin": "file://"},
        {"origin": "http://evil.example", "host": "evil.example"},
    ],
    ids=str,
)
def test_a_socket_of_another_page_is_refused(headers: dict[str, str]) -> None:
    with (
        lab() as browser,
        pytest.raises(WebSocketDisconnect) as refused,
        browser.websocket_connect(SOCKET, headers=headers),
    ):
        pass
    assert refused.value.code == 4403


def test_a_socket_without_the_cookie_is_refused(stranger: TestClient) -> None:
    with pytest.raises(WebSocketDisconnect), stranger.websocket_connect(SOCKET, headers={"origin": HERE}):
        pass
    stranger.cookies.set(KEYS.cookie, KEYS.token)
    with stranger.websocket_connect(SOCKET, headers={"origin": HERE}):
        pass


@pytest.mark.parametrize("path", ["/", "/static/index.html", "/api/health", "/nothing"])
def test_every_answer_says_what_a_browser_may_do(path: str) -> None:
    with lab() as browser:
        for answer in (browser.get(path), browser.get(path, headers={"host": "evil.example"})):
            policy = answer.headers["content-security-policy"].split("; ")
            assert policy[0] == "default-src 'none'"
            assert "require-trusted-types-for 'script'" in policy
            assert "frame-ancestors 'none'" in policy
            assert "base-uri 'none'" in policy
            sources = {part.partition(" ")[0]: part.partition(" ")[2] for part in policy[1:]}
            for kind in ("script-src", "style-src", "font-src", "connect-src"):
                assert sources[kind] == "'self'"
            assert sources["img-src"] == "'self' data:"
            assert "unsafe" not in answer.headers["content-security-policy"]
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["referrer-policy"] == "no-referrer"
            is_document = answer.headers["content-type"].startswith("text/html")
            assert answer.headers.get("cross-origin-opener-policy") == ("same-origin" if is_document else None)


def test_others_come_in_with_the_password_and_wrong_ones_take_time() -> None:
    with lab(keys=OPEN) as browser:
        browser.cookies.clear()
        assert '<form method="post" action="enter">' in browser.get("/").text
        assert browser.get("/api/health", headers={"host": "lab.example"}).status_code == 403
        start = monotonic()
        wrong = browser.post("/enter", content=b"password=guess")
        assert monotonic() - start > 0.9
        assert (wrong.status_code, "That is not the password." in wrong.text) == (403, True)
        assert browser.get("/").status_code == 403
        entered = browser.post("/enter", content=b"password=a+long+password")
        assert (entered.status_code, entered.headers["location"]) == (303, "./")
        assert browser.get("/").status_code == 200


def test_a_form_without_end_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("whygrad.lab.server.guard.WRONG_COSTS", 0.0)
    with lab(keys=OPEN) as browser:
        browser.cookies.clear()
        long = b"x=" + b"y" * 5_000 + b"&password=a+long+password"
        assert browser.post("/enter", content=long).status_code == 403
        assert browser.post("/enter", content=b"\xff\xfe").status_code == 403


def test_without_a_password_there_is_no_form(stranger: TestClient) -> None:
    assert stranger.post("/enter", content=b"password=").status_code == 403
    assert stranger.post("/enter", content=b"").headers.get("set-cookie") is None
