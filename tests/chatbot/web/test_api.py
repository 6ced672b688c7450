from __future__ import annotations

import json
import threading

import pytest
from fastapi.testclient import TestClient

from chatbot.web.server import create_app
from corpus.errors import UnavailableError
from tests.chatbot.web.site import FICTION_ID, SETTINGS, Scripted

ASK = "/api/v1/ask"
DECREE = "137-2024-nd-cp"


def test_ask_returns_the_documented_shape(client: TestClient, asker: Scripted) -> None:
    response = client.post(ASK, json={"question": "khoản 4 Điều 6 Nghị định 137/2024/NĐ-CP"})
    assert response.status_code == 200
    body = response.json()
    assert set(body) == {
        *("status", "question", "understood_as", "answer"),
        *("alternatives", "suggestions", "message"),
    }
    assert body["status"] == "answered"
    quotation = body["answer"]
    assert quotation["citation"] == "khoản 4 Điều 6 Nghị định 137/2024/NĐ-CP"
    assert quotation["url"] == f"/van-ban/{DECREE}#dieu-6.khoan-4"
    assert quotation["quote"] in asker.library.document(DECREE).text


def test_history_and_document_reach_the_chatbot(client: TestClient, asker: Scripted) -> None:
    history = [{"question": "khoản 1 Điều 6", "document_id": DECREE, "provision": "dieu-6.khoan-1"}]
    body = {"question": " khoản 2 Điều 6 ", "history": history, "document_id": DECREE}
    assert client.post(ASK, json=body).status_code == 200
    question, turns, document_id = asker.asked[-1]
    assert (question, document_id) == ("khoản 2 Điều 6", DECREE)
    assert [(turn.question, turn.provision) for turn in turns] == [
        ("khoản 1 Điều 6", "dieu-6.khoan-1")
    ]


def test_a_question_in_decomposed_letters_is_composed(client: TestClient, asker: Scripted) -> None:
    decomposed = "khoa\u0309n 2 D\u0110ie\u0302\u0300u 6"
    client.post(ASK, json={"question": decomposed})
    assert asker.asked[-1][0] == "khoản 2 DĐiều 6"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "bad_json"),
        (b"{", 400, "bad_json"),
        (b'{"question": NaN}', 400, "bad_json"),
        (b"[" * 100_000, 400, "bad_json"),
        (b'{"question": ' + b"9" * 5000 + b"}", 400, "bad_json"),
        (b'{"question": "\xff"}', 400, "bad_json"),
        (b"[]", 422, "wrong_shape"),
        (b"{}", 422, "wrong_shape"),
        (b'{"question": 5}', 422, "wrong_shape"),
        (b'{"question": null}', 422, "wrong_shape"),
        (b'{"question": "a", "nonsense": 1}', 422, "wrong_shape"),
        (b'{"question": "a", "history": {}}', 422, "wrong_shape"),
        (b'{"question": "a", "history": [{"document_id": "x"}]}', 422, "wrong_shape"),
        (b'{"question": ""}', 422, "question_empty"),
        (b'{"question": " \\n\\t "}', 422, "question_empty"),
        (b'{"question": "a\\u0000b"}', 422, "question_not_text"),
        (b'{"question": "\\ud800"}', 422, "question_not_text"),
        (b'{"question": "a", "history": [{"question": "\\udfff"}]}', 422, "question_not_text"),
        (b'{"question": "a", "document_id": "\\ud800"}', 422, "wrong_shape"),
        (json.dumps({"question": "a" * 301}).encode(), 422, "question_too_long"),
        (
            json.dumps({"question": "a", "history": [{"question": "b"}] * 4}).encode(),
            422,
            "history_too_long",
        ),
        (b'{"question": "a", "document_id": "1-2-3"}', 404, "unknown_document"),
        (b'{"question": "' + b"a" * 300_000 + b'"}', 413, "too_large"),
    ],
)
def test_bad_bodies_get_a_clear_error(
    client: TestClient, body: bytes, status: int, code: str
) -> None:
    response = client.post(ASK, content=body, headers={"content-type": "application/json"})
    assert response.status_code == status
    error = response.json()["error"]
    assert error["code"] == code
    assert error["message"]
    assert "Traceback" not in response.text


def test_a_body_that_hides_its_length_is_cut_off(client: TestClient) -> None:
    pieces = (b"a" * 10_000 for _ in range(40))
    response = client.post(ASK, content=pieces, headers={"content-type": "application/json"})
    assert response.status_code == 413


def test_other_content_types_are_refused(client: TestClient) -> None:
    response = client.post(
        ASK, content=b'{"question": "a"}', headers={"content-type": "text/plain"}
    )
    assert (response.status_code, response.json()["error"]["code"]) == (
        415,
        "unsupported_media_type",
    )


def test_errors_come_in_english_on_request(client: TestClient) -> None:
    vietnamese = client.post(ASK, json={"question": ""}).json()["error"]["message"]
    english = client.post(f"{ASK}?lang=en", json={"question": ""}).json()["error"]["message"]
    assert (vietnamese, english) == ("Hãy nhập câu hỏi.", "Please type a question.")


def test_a_system_that_cannot_search_says_unavailable(client: TestClient) -> None:
    response = client.post(ASK, json={"question": "không sẵn sàng"})
    assert response.status_code == 503
    assert response.json()["status"] == "unavailable"


def test_an_unforeseen_failure_shows_no_traceback(client: TestClient) -> None:
    response = client.post(ASK, json={"question": "hỏng"})
    assert response.status_code == 500
    assert response.json()["error"]["code"] == "internal"
    assert "nobody foresaw" not in response.text


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/v1/documents/1-2-3", 404, "unknown_document"),
        ("GET", f"/api/v1/documents/{DECREE}/provisions/dieu-99", 404, "unknown_provision"),
        ("GET", "/api/v1/nothing", 404, "not_found"),
        ("GET", "/nothing", 404, "not_found"),
        ("GET", ASK, 404, "not_found"),
    ],
)
def test_wrong_addresses(
    client: TestClient, method: str, path: str, status: int, code: str
) -> None:
    response = client.request(method, path)
    assert (response.status_code, response.json()["error"]["code"]) == (status, code)


def test_documents_are_listed(client: TestClient) -> None:
    documents = client.get("/api/v1/documents").json()["documents"]
    assert {document["id"] for document in documents} == {DECREE, FICTION_ID}
    assert documents[1]["issued"] == "2099-01-02"
    assert documents[1]["url"] == f"/van-ban/{FICTION_ID}"


def test_own_texts_of_a_document_join_to_its_text(client: TestClient, asker: Scripted) -> None:
    def join(node: dict[str, object]) -> str:
        children = node["children"]
        assert isinstance(children, list)
        return str(node.get("text", "")) + "".join(map(join, children))

    tree = client.get(f"/api/v1/documents/{FICTION_ID}").json()
    assert join(tree | {"text": ""}) == asker.library.document(FICTION_ID).text


def test_a_provision_carries_its_citation_and_quotation(client: TestClient) -> None:
    body = client.get(f"/api/v1/documents/{DECREE}/provisions/dieu-7.khoan-1").json()
    assert body["citation"] == "khoản 1 Điều 7 Nghị định 137/2024/NĐ-CP"
    assert body["quote"].startswith("- Tiếp nhận, giải quyết yêu cầu")
    assert body["url"] == f"/van-ban/{DECREE}#dieu-7.khoan-1"


def test_the_server_answers_while_the_model_loads(asker: Scripted) -> None:
    loaded = threading.Event()
    app = create_app(asker, SETTINGS, lambda: loaded.wait(20))
    with TestClient(app) as client:
        assert client.get("/healthz").json() == {"status": "alive"}
        ready = client.get("/readyz")
        assert (ready.status_code, ready.json()["status"]) == (503, "loading")
        asked = client.post(ASK, json={"question": "khoản 2 Điều 6"})
        assert (asked.status_code, asked.json()["status"]) == (503, "unavailable")
        assert asked.headers["retry-after"] == "5"
        assert client.get(f"/van-ban/{DECREE}").status_code == 200
        loaded.set()
        for _ in range(200):
            if client.get("/readyz").status_code == 200:
                break
            threading.Event().wait(0.01)
        assert client.get("/readyz").json() == {"status": "ready", "reason": ""}


def test_a_failed_load_is_told_with_its_reason(asker: Scripted) -> None:
    def fail() -> None:
        raise UnavailableError("the index is of another make")

    with TestClient(create_app(asker, SETTINGS, fail)) as client:
        for _ in range(200):
            if client.get("/readyz").json()["status"] == "failed":
                break
            threading.Event().wait(0.01)
        body = client.get("/readyz")
        assert body.status_code == 503
        assert body.json()["reason"] == "UnavailableError: the index is of another make"


def test_asking_leaves_the_event_loop_free(client: TestClient, asker: Scripted) -> None:
    asker.gate.clear()
    answers: list[int] = []
    asking = threading.Thread(
        target=lambda: answers.append(
            client.post(ASK, json={"question": "khoản 2 Điều 6"}).status_code
        )
    )
    asking.start()
    try:
        assert client.get("/healthz").status_code == 200
        assert answers == []
    finally:
        asker.gate.set()
        asking.join(20)
    assert answers == [200]


def test_the_api_is_described_without_foreign_assets(client: TestClient) -> None:
    page = client.get("/api/docs", headers={"accept": "text/html"}).text
    assert "/api/v1/ask" in page
    assert "//" not in page.replace("http://testserver", "").replace("<!--", "")
    schema = client.get("/api/openapi.json").json()
    ask = schema["paths"][ASK]["post"]
    assert ask["requestBody"]["content"]["application/json"]["schema"]["required"] == ["question"]
    assert {"200", "400", "413", "415", "422", "503"} <= set(ask["responses"])
