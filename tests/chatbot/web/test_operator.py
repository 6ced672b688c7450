"""The operator page: who gets in, and a file from upload to an answer."""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from chatbot.answers import Alternative, Answer, AnswerStatus
from chatbot.assembly import Assembly
from chatbot.desk import Desk, Step
from chatbot.example_questions import ExampleQuestions
from chatbot.live import LiveChatbot
from chatbot.refusals import RefusalLog
from chatbot.settings import Settings, as_table
from chatbot.web import operator
from chatbot.web.guards import MAX_BODY_BYTES
from chatbot.web.operator import FORM_BYTES, PATH, UPLOAD
from chatbot.web.server import create_app
from corpus.errors import InputError
from corpus.questions import ExampleQuestion
from tests.chatbot.web.axe import violations
from tests.chatbot.web.browsing import NewPage
from tests.chatbot.web.hosting import serving
from tests.test_loading import CHANGED, ID, TEXT, assembly

TOKEN = "0123456789-mot-ma-that-dai"
OWN = {"Sec-Fetch-Site": "same-origin"}
SHIPPED = "137-2024-nd-cp"
QUESTION = "bao lâu thì nghĩ ra kế hoạch mới"
BROKEN = TEXT.replace("Điều 3.", "Điều 8.")


def equipped(folder: Path) -> Assembly:
    parts = assembly(folder)
    parts.settings = replace(parts.settings, operator_token=TOKEN)
    parts.update_index()
    return parts


@pytest.fixture
def parts(tmp_path: Path) -> Assembly:
    return equipped(tmp_path)


@pytest.fixture
def live(parts: Assembly) -> LiveChatbot:
    return LiveChatbot(parts)


@pytest.fixture
def desk(parts: Assembly, live: LiveChatbot) -> Desk:
    return Desk(parts, live.prepare)


@pytest.fixture
def page(parts: Assembly, live: LiveChatbot, desk: Desk) -> Iterator[TestClient]:
    with opened(parts, live, desk) as client:
        yield client


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, Desk]]:
    """A page, with its desk, for requests that change nothing."""
    parts = equipped(tmp_path_factory.mktemp("untouched"))
    live = LiveChatbot(parts)
    desk = Desk(parts, live.prepare)
    with opened(parts, live, desk) as client:
        yield client, desk


@contextmanager
def opened(parts: Assembly, live: LiveChatbot, desk: Desk) -> Iterator[TestClient]:
    app = create_app(live, parts.settings, live.prepare, desk)
    with TestClient(app, follow_redirects=False, headers={"accept": "text/html"}) as client:
        client.auth = ("", TOKEN)
        yield client


def upload(client: TestClient, text: str = TEXT, name: str = "dieu.txt") -> int:
    return client.post(UPLOAD, files={"file": (name, text.encode())}, headers=OWN).status_code


def settled(desk: Desk) -> Step:
    deadline = time.monotonic() + 60
    while desk.job.busy and time.monotonic() < deadline:
        time.sleep(0.02)
    return desk.job.step


def test_a_file_is_read_looked_at_loaded_replaced_and_removed(
    page: TestClient, desk: Desk, parts: Assembly
) -> None:
    assert upload(page) == 303
    assert settled(desk) is Step.READ
    assert ID not in parts.fresh_library().documents
    shown = page.get(PATH).text
    assert "numbers follow one another" in shown
    assert page.post(f"{PATH}/nap", headers=OWN).status_code == 303
    assert settled(desk) is Step.LOADED
    assert f"/van-ban/{ID}" in page.get(PATH).text
    assert ID in parts.fresh_library().documents
    upload(page, CHANGED)
    settled(desk)
    assert "18 giờ" in page.get(PATH).text  # what would change
    page.post(f"{PATH}/nap", headers=OWN)
    settled(desk)
    assert "18 giờ" in parts.fresh_library().document(ID).text
    page.post(f"{PATH}/go", data={"document": ID}, headers=OWN)
    assert settled(desk) is Step.REMOVED
    assert ID not in parts.fresh_library().documents


def test_the_replaced_text_is_shown_as_an_earlier_one(page: TestClient, desk: Desk) -> None:
    for text in (TEXT, CHANGED):
        upload(page, text)
        settled(desk)
        page.post(f"{PATH}/nap", headers=OWN)
        settled(desk)
    version = desk.job.earlier
    assert f"/van-ban/{version}" in page.get(PATH).text
    old, current = page.get(f"/van-ban/{version}").text, page.get(f"/van-ban/{ID}").text
    assert "19 giờ" in old
    assert "Bản cũ, được thay ngày" in old
    assert f'href="/van-ban/{ID}"' in old
    assert f'href="/van-ban/{version}"' in current
    facts = page.get(f"/api/v1/documents/{ID}").json()
    assert [one["id"] for one in facts["earlier"]] == [version]
    assert page.get(f"/api/v1/documents/{version}").json()["replaced_by"] == ID
    asked = page.post("/api/v1/ask", json={"question": "mấy giờ", "document_id": version})
    assert (asked.status_code, asked.json()["error"]["code"]) == (404, "earlier_text")
    page.post(f"{PATH}/go", data={"document": version}, headers=OWN)
    assert settled(desk) is Step.REMOVED
    assert page.get(f"/van-ban/{version}").status_code == 404
    assert page.get(f"/van-ban/{ID}").status_code == 200


def test_a_correction_leaves_no_earlier_text(page: TestClient, desk: Desk) -> None:
    upload(page)
    settled(desk)
    page.post(f"{PATH}/nap", headers=OWN)
    settled(desk)
    upload(page, CHANGED)
    settled(desk)
    assert 'name="correction"' in page.get(PATH).text
    page.post(f"{PATH}/nap", data={"correction": "1"}, headers=OWN)
    assert settled(desk) is Step.LOADED
    assert desk.job.earlier == ""
    assert page.get(f"/api/v1/documents/{ID}").json()["earlier"] == []


def test_a_broken_sequence_is_said_before_it_is_loaded(page: TestClient, desk: Desk) -> None:
    upload(page, BROKEN)
    settled(desk)
    shown = page.get(PATH).text
    assert "PROBLEM" in shown
    assert "Nạp dù vậy" in shown


def test_what_was_read_can_be_discarded(page: TestClient, desk: Desk) -> None:
    upload(page)
    settled(desk)
    assert page.post(f"{PATH}/bo", headers=OWN).status_code == 303
    assert desk.job.step is Step.IDLE
    assert page.post(f"{PATH}/nap", headers=OWN).status_code == 409


def test_a_file_that_is_no_document_fails_with_its_reason(page: TestClient, desk: Desk) -> None:
    upload(page, "không có gì", "../../x\n.txt")
    assert settled(desk) is Step.FAILED
    assert "no line begins an article" in page.get(PATH).text
    page.post(f"{PATH}/go", data={"document": "absent"}, headers=OWN)
    assert settled(desk) is Step.FAILED


def test_a_refused_question_becomes_an_example(
    page: TestClient, desk: Desk, parts: Assembly, live: LiveChatbot
) -> None:
    refused = RefusalLog(parts.settings.refused_file)
    nearest = Alternative("khoản 2 Điều 6", "…", f"/van-ban/{SHIPPED}#dieu-6.khoan-2")
    for _ in range(2):
        refused.note(Answer(AnswerStatus.NOT_FOUND, QUESTION, alternatives=(nearest,)))
    shown = page.get(PATH, params={"cau-hoi": QUESTION}).text
    assert "2 lần" in shown
    assert (
        f'name="question" required maxlength="300" autocomplete="off" value="{QUESTION}"' in shown
    )
    assert 'value="dieu-6.khoan-2"' in shown
    assert 'value="137/2024/NĐ-CP"' in shown
    lesson = {"question": QUESTION, "document": SHIPPED, "provision": "khoản 9 Điều 6"}
    chosen = {"cau-hoi": QUESTION, "lang": "vi"}
    begun = page.post(
        f"{PATH}/day", params=chosen, data=lesson, headers=OWN, follow_redirects=False
    )
    assert begun.status_code == 303
    assert begun.headers["location"].endswith("?lang=vi")  # the question is in the form now
    assert settled(desk) is Step.FAILED
    failed = page.get(PATH).text
    assert "has no clause" in failed
    assert f'value="{QUESTION}"' in failed  # need not be typed again
    other = page.get(PATH, params={"cau-hoi": "câu khác"}).text
    assert 'value="câu khác"' in other
    assert f'value="{QUESTION}"' not in other
    lesson["provision"] = "khoản 2 Điều 6"
    page.post(f"{PATH}/day", data=lesson, headers=OWN)
    assert settled(desk) is Step.TAUGHT
    assert QUESTION in live.library.by_key[SHIPPED, "dieu-6.khoan-2"].questions
    assert "lần, gần nhất ngày" not in page.get(PATH).text  # no longer among the refused
    assert page.post(f"{PATH}/day", data={"question": "a" * 501}, headers=OWN).status_code == 422


def add(parts: Assembly, document: str, provision: str, *texts: str) -> None:
    questions = [ExampleQuestion("here", document, provision, text, "") for text in texts]
    ExampleQuestions(parts).add(questions)


def test_an_added_question_is_listed_and_taken_away(
    page: TestClient, desk: Desk, parts: Assembly, live: LiveChatbot
) -> None:
    assert "Câu hỏi mẫu đã thêm" not in page.get(PATH).text
    add(parts, SHIPPED, "dieu-6.khoan-2", QUESTION, "câu <b>khác</b>")
    add(parts, SHIPPED, "", "ở đâu bán")
    live.prepare()
    shown = page.get(PATH, params={"lang": "en"}).text
    assert f'href="/van-ban/{SHIPPED}?lang=en#dieu-6.khoan-2">khoản 2 Điều 6</a>' in shown
    assert "not answered by the document" in shown
    assert "câu &lt;b&gt;khác&lt;/b&gt;" in shown
    taken = {"document": SHIPPED, "provision": "dieu-6.khoan-2", "question": QUESTION}
    begun = page.post(f"{PATH}/quen", params={"lang": "en"}, data=taken, headers=OWN)
    assert begun.status_code == 303
    assert begun.headers["location"].endswith("?lang=en")
    assert settled(desk) is Step.FORGOTTEN
    assert QUESTION not in live.library.by_key[SHIPPED, "dieu-6.khoan-2"].questions
    shown = page.get(PATH).text
    assert f"Đã gỡ câu hỏi “{QUESTION}”" in shown
    assert f'value="{QUESTION}"' not in shown
    assert "câu &lt;b&gt;khác&lt;/b&gt;" in shown
    page.post(f"{PATH}/quen", data=taken, headers=OWN)
    assert settled(desk) is Step.FAILED
    assert "was added for dieu-6.khoan-2" in page.get(PATH).text
    page.post(f"{PATH}/quen", data={"document": SHIPPED, "question": "ở đâu bán"}, headers=OWN)
    assert settled(desk) is Step.FORGOTTEN
    assert "văn bản không trả lời" not in page.get(PATH).text


def test_a_question_whose_provision_is_gone_can_still_be_taken_away(
    page: TestClient, desk: Desk, parts: Assembly
) -> None:
    upload(page)
    settled(desk)
    page.post(f"{PATH}/nap", headers=OWN)
    settled(desk)
    add(parts, ID, "dieu-3", QUESTION)
    upload(page, TEXT.partition("Điều 3.")[0])
    settled(desk)
    page.post(f"{PATH}/nap", headers=OWN)
    settled(desk)
    assert "văn bản không còn dieu-3" in page.get(PATH).text
    taken = {"document": ID, "provision": "dieu-3", "question": QUESTION}
    page.post(f"{PATH}/quen", data=taken, headers=OWN)
    assert settled(desk) is Step.FORGOTTEN
    assert "Câu hỏi mẫu đã thêm" not in page.get(PATH).text


def test_the_page_opens_though_added_questions_cannot_be_read(
    page: TestClient, parts: Assembly, live: LiveChatbot
) -> None:
    add(parts, SHIPPED, "", QUESTION)
    live.prepare()
    for file in (parts.settings.library_dir / "texts").iterdir():
        file.write_text("changed by hand", "utf-8")
    answer = page.get(PATH)
    assert answer.status_code == 200
    assert QUESTION not in answer.text


@pytest.mark.parametrize(
    "path", [PATH, UPLOAD, f"{PATH}/nap", f"{PATH}/bo", f"{PATH}/go", f"{PATH}/day", f"{PATH}/quen"]
)
@pytest.mark.parametrize("given", ["", "Basic !", "Bearer x", ":wrong", f"{TOKEN}:", f":{TOKEN}x"])
def test_nobody_enters_without_the_token(
    untouched: tuple[TestClient, Desk], path: str, given: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operator, "WRONG_TOKEN_SECONDS", 0.01)
    page, desk = untouched
    if ":" in given:
        given = f"Basic {b64encode(given.encode()).decode()}"
    method = "GET" if path == PATH else "POST"
    headers = {**OWN, "authorization": given}
    answer = page.request(method, path, headers=headers, auth=lambda request: request)
    assert desk.job.step is Step.IDLE
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Basic ")
    assert TOKEN not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://stranger.example.com"},
        {"Origin": "null"},
    ],
)
def test_other_pages_cannot_make_a_browser_change_anything(
    untouched: tuple[TestClient, Desk], headers: dict[str, str]
) -> None:
    page, desk = untouched
    assert page.post(f"{PATH}/go", data={"document": ID}, headers=headers).status_code == 403
    assert desk.job.step is Step.IDLE


def test_a_program_says_where_it_comes_from(untouched: tuple[TestClient, Desk]) -> None:
    page, _ = untouched
    headers = {"Origin": "http://testserver"}
    assert page.post(f"{PATH}/bo", headers=headers).status_code == 303


def test_the_page_is_never_framed_nor_kept(untouched: tuple[TestClient, Desk]) -> None:
    page, _ = untouched
    headers = page.get(PATH).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"


def test_limits_and_missing_files(untouched: tuple[TestClient, Desk]) -> None:
    page, _ = untouched
    assert page.post(UPLOAD, data={"number": "1"}, headers=OWN).status_code == 422
    long = {"number": "1" * 501}
    files = {"file": ("a.txt", b"x")}
    assert page.post(UPLOAD, files=files, data=long, headers=OWN).status_code == 422
    status = {"status": "gì đó"}
    assert page.post(UPLOAD, files=files, data=status, headers=OWN).status_code == 422
    announced = {**OWN, "content-length": str(FORM_BYTES + 1)}
    assert page.post(UPLOAD, content=b"", headers=announced).status_code == 413
    announced["content-length"] = str(MAX_BODY_BYTES + 1)
    assert page.post(f"{PATH}/go", content=b"", headers=announced).status_code == 413


def test_one_job_at_a_time(page: TestClient, desk: Desk, parts: Assembly) -> None:
    upload(page)
    settled(desk)
    other = Assembly(parts.settings, lambda line: None, parts.encoder)
    with other.changing():  # as another process would
        page.post(f"{PATH}/nap", headers=OWN)
        assert settled(desk) is Step.FAILED
        assert "another load" in desk.job.problem


def test_without_a_token_there_is_no_such_page(
    parts: Assembly, live: LiveChatbot, desk: Desk
) -> None:
    settings = replace(parts.settings, operator_token="")
    app = create_app(live, settings, lambda: None, desk)
    with TestClient(app) as client:
        assert client.get(PATH).status_code == 404
        assert client.post(UPLOAD, headers=OWN).status_code == 404


def test_the_token_is_long_and_never_printed() -> None:
    with pytest.raises(InputError, match="operator_token") as failed:
        Settings(operator_token="ngan")
    assert "ngan" not in str(failed.value)
    assert TOKEN not in str(as_table(Settings(operator_token=TOKEN)))


@pytest.mark.browser
def test_an_operator_loads_a_file_in_a_browser(
    new_page: NewPage, parts: Assembly, live: LiveChatbot, desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "dieu.txt"
    file.write_text(TEXT, "utf-8")
    with serving(create_app(live, parts.settings, live.prepare, desk)) as port:
        page = new_page(360, http_credentials={"username": "", "password": TOKEN})
        page.goto(f"http://127.0.0.1:{port}{PATH}")
        assert violations(page) == []
        page.set_input_files("input[type=file]", file)
        page.get_by_role("button", name="Đọc và xem báo cáo").click()
        page.get_by_role("button", name="Nạp", exact=True).click()
        page.get_by_role("link", name="Mở văn bản").click()
        page.get_by_role("heading", name="Giờ thả diều").first.wait_for()


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_an_operator_takes_a_question_away_in_a_browser(
    new_page: NewPage, parts: Assembly, live: LiveChatbot, desk: Desk, width: int
) -> None:
    add(parts, SHIPPED, "dieu-6.khoan-2", *(f"{QUESTION}, lần {number}" for number in range(9)))
    add(parts, SHIPPED, "", QUESTION)
    live.prepare()
    with serving(create_app(live, parts.settings, live.prepare, desk)) as port:
        page = new_page(width, http_credentials={"username": "", "password": TOKEN})
        page.goto(f"http://127.0.0.1:{port}{PATH}")
        listed = page.get_by_role("region", name="Câu hỏi mẫu đã thêm")
        assert listed.get_by_text(QUESTION, exact=True).first.is_hidden()  # there are many
        listed.get_by_text("10 câu").click()
        listed.get_by_text(f"Gỡ {QUESTION}", exact=True).click()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        listed.get_by_role("button", name="Gỡ hẳn câu hỏi này").click()
        page.get_by_role("heading", name=f"Đã gỡ câu hỏi “{QUESTION}”").wait_for()
        page.get_by_text("9 câu").wait_for()
