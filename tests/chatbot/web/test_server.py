"""The server over real HTTP, and the chat in a real Chromium."""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from chatbot.assembly import Assembly

pytestmark = pytest.mark.model

ROOT = Path(__file__).resolve().parents[3]

FIRST_QUESTION = (
    "Kế hoạch ứng dụng công nghệ thông tin, chuyển đổi số trên môi trường điện tử "
    "của cơ quan nhà nước được xây dựng bao nhiêu năm?"
)


@pytest.fixture(scope="module")
def port(parts: Assembly) -> Iterator[int]:
    settings = parts.settings
    server = subprocess.Popen(
        [sys.executable, "app.py", "serve", "--port", "0", "--data-dir", str(settings.data_dir)],
        cwd=ROOT,
        env={**os.environ, "HOI_LUAT_CACHE_DIR": str(settings.cache_dir.resolve())},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        found = re.search(r"127\.0\.0\.1:(\d+)", server.stdout.readline())
        assert found, "the server did not say where it listens"
        port = int(found[1])
        deadline = time.monotonic() + 120
        while call(port, "GET", "/readyz")[0] != 200:
            assert time.monotonic() < deadline, "the server did not become ready"
            time.sleep(0.5)
        yield port
    finally:
        server.terminate()
        server.communicate(timeout=30)  # waits, and closes the pipe


def call(
    port: int, method: str, path: str, body: bytes | None = None, kind: str = "application/json"
) -> tuple[int, str, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, body, {"content-type": kind} if body is not None else {})
        response = connection.getresponse()
        return response.status, response.read().decode("utf-8"), dict(response.getheaders())
    except (ConnectionError, TimeoutError):
        return 0, "", {}
    finally:
        connection.close()


def test_ask_answers_with_the_documented_shape(port: int) -> None:
    status, text, _ = call(
        port, "POST", "/api/v1/ask", json.dumps({"question": FIRST_QUESTION}).encode()
    )
    assert status == 200
    assert json.loads(text)["answer"]["citation"] == "khoản 2 Điều 6 Nghị định 137/2024/NĐ-CP"


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        (b"{", "application/json", 400, "bad_json"),
        (b"\xff", "application/json", 400, "bad_json"),
        (b"{}", "text/plain", 415, "unsupported_media_type"),
        (b"{}", "application/json", 422, "wrong_shape"),
        (b'{"question": 5}', "application/json", 422, "wrong_shape"),
        (b'{"question": " "}', "application/json", 422, "question_empty"),
        (b'{"question": "a\\u0000"}', "application/json", 422, "question_not_text"),
        (b'{"question": "\\ud800"}', "application/json", 422, "question_not_text"),
        (b'{"question": "%s"}' % (b"a" * 100_000), "application/json", 422, "question_too_long"),
        (b'"' + b"a" * 300_000 + b'"', "application/json", 413, "too_large"),
    ],
)
def test_bad_requests_get_a_clear_answer(
    port: int, body: bytes, kind: str, status: int, code: str
) -> None:
    found, text, _ = call(port, "POST", "/api/v1/ask", body, kind)
    assert (found, json.loads(text)["error"]["code"]) == (status, code)


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/healthz", 200, "alive"),
        ("/readyz", 200, "ready"),
        ("/api/v1/documents", 200, "137/2024/NĐ-CP"),
        ("/api/v1/documents/137-2024-nd-cp", 200, "dieu-6.khoan-2"),
        ("/api/v1/documents/137-2024-nd-cp/provisions/dieu-6.khoan-2", 200, "kế hoạch 5 năm"),
        ("/api/v1/documents/absent", 404, "unknown_document"),
        ("/api/v1/documents/137-2024-nd-cp/provisions/dieu-9", 404, "unknown_provision"),
        ("/van-ban", 200, "137/2024/NĐ-CP"),
        ("/van-ban/137-2024-nd-cp", 200, 'id="dieu-6.khoan-2"'),
        ("/api/docs", 200, "/api/v1/ask"),
        ("/", 200, 'lang="vi"'),
        ("/absent", 404, ""),
    ],
)
def test_pages_and_routes(port: int, path: str, status: int, words: str) -> None:
    found, text, headers = call(port, "GET", path)
    assert (found, words in text) == (status, True)
    assert "frame-ancestors 'self'" in headers["content-security-policy"]


@pytest.mark.browser
def test_a_visitor_asks_and_reads_the_clause(port: int, chromium: str, parts: Assembly) -> None:
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
    quote = next(clause.quote for clause in parts.library.clauses if clause.citation.clause == "2")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        page = browser.new_page(viewport={"width": 360, "height": 740})
        hosts: set[str] = set()
        errors: list[str] = []
        page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"http://127.0.0.1:{port}/")
        page.fill("#question textarea", FIRST_QUESTION + " <b>đậm</b>")
        page.keyboard.press("Enter")
        page.wait_for_selector(".card blockquote")
        shown = page.locator(".card blockquote").evaluate("node => node.textContent")
        assert " ".join(str(shown).split()) == " ".join(quote.split())
        assert "<b>đậm</b>" in str(page.locator(".asked").text_content())
        assert "Còn thiếu trong nguồn" in str(page.locator(".card").text_content())
        page.click(".card [data-source]")
        source = page.frame_locator("#source-panel iframe")
        provision = source.locator('[id="dieu-6.khoan-2"]')
        provision.wait_for()
        assert "Xây dựng kế hoạch ứng dụng" in str(provision.text_content())
        page.keyboard.press("Escape")
        page.wait_for_selector("#source-panel", state="hidden")
        assert page.evaluate("document.activeElement.hasAttribute('data-source')")
        assert page.locator("html").get_attribute("lang") == "vi"
        browser.close()
    assert hosts == {f"127.0.0.1:{port}"}
    assert errors == []
