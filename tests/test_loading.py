"""Loading, replacing, removing: what changes, what it costs, and what a crash leaves behind."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from chatbot.assembly import Assembly
from chatbot.live import LiveChatbot
from chatbot.loading import Facts, Loading, read_status
from chatbot.settings import Settings
from chatbot.web.server import create_app
from corpus.errors import InputError, LibraryError, ParseError, UnavailableError
from corpus.library import Library
from corpus.model import Status
from index.search import ClauseIndex
from tests.toys import ToyEncoder

ROOT = Path(__file__).resolve().parent.parent
ID = "999-2099-nd-cp"
TEXT = """\
CHÍNH PHỦ
Số: 999/2099/NĐ-CP
NGHỊ ĐỊNH
VỀ THẢ DIỀU
Điều 1. Phạm vi điều chỉnh
Nghị định này quy định về thả diều trong công viên.
Điều 2. Giờ thả diều
1. Được thả diều từ 7 giờ đến 19 giờ.
2. Người trông coi công viên nhắc người thả diều giữ khoảng cách.
Điều 3. Dây diều
Cấm dùng dây kim loại.
"""
CHANGED = TEXT.replace("19 giờ", "18 giờ")


def assembly(folder: Path, encoder: ToyEncoder | None = None) -> Assembly:
    settings = Settings(data_dir=folder, cache_dir=folder / "cache")
    return Assembly(settings, lambda line: None, encoder or ToyEncoder())


def written(folder: Path, text: str = TEXT, name: str = "dieu.txt") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def state(folder: Path) -> tuple[Library, ClauseIndex]:
    """Library and index as the next process finds them; raises if they do not fit."""
    return assembly(folder).open_current()


def test_a_loaded_document_is_found_and_stored_with_its_status(tmp_path: Path) -> None:
    facts = read_status("Còn hiệu lực")
    Loading(assembly(tmp_path)).load([written(tmp_path)], facts)
    library, index = state(tmp_path)
    document = library.document(ID)
    assert document.metadata.status is Status.IN_FORCE
    assert document.text == TEXT
    assert index.search("thả diều từ mấy giờ", documents=[ID])[0].clause.document_id == ID
    assert library.document("137-2024-nd-cp")


def test_an_unchanged_document_is_not_embedded_again(tmp_path: Path) -> None:
    file = written(tmp_path)
    Loading(assembly(tmp_path)).load([file])
    encoder = ToyEncoder()
    outcome = Loading(assembly(tmp_path, encoder)).load([file])
    assert (encoder.passages_encoded, encoder.queries_encoded, outcome.embedded) == (0, 0, 0)
    assert outcome.loaded[0].comparison is not None
    assert outcome.loaded[0].comparison.same


def test_replacing_embeds_and_names_only_what_changed(tmp_path: Path) -> None:
    Loading(assembly(tmp_path)).load([written(tmp_path)])
    text = CHANGED.replace("Điều 3. Dây diều\nCấm dùng dây kim loại.\n", "")
    text = text.replace("khoảng cách.\n", "khoảng cách.\n3. Cấm thả diều ban đêm.\n")
    encoder = ToyEncoder()
    outcome = Loading(assembly(tmp_path, encoder)).load([written(tmp_path, text)])
    comparison = outcome.loaded[0].comparison
    assert comparison is not None
    assert [one.name for one in comparison.changed] == ["khoản 1 Điều 2"]
    assert "19 giờ" in comparison.changed[0].before
    assert "18 giờ" in comparison.changed[0].after
    assert [one.name for one in comparison.appeared] == ["khoản 3 Điều 2"]
    assert [one.name for one in comparison.vanished] == ["Điều 3"]
    assert encoder.passages_encoded == 2
    assert state(tmp_path)[0].document(ID).text == text


def test_the_status_survives_a_replacement_and_can_be_set_alone(tmp_path: Path) -> None:
    loading = Loading(assembly(tmp_path))
    loading.load([written(tmp_path)], read_status("hết hiệu lực một phần"))
    loading.load([written(tmp_path, CHANGED)])
    encoder = ToyEncoder()
    Loading(assembly(tmp_path, encoder)).set_status(
        "999/2099", read_status("sửa đổi bởi 1000/2099/NĐ-CP")
    )
    facts = state(tmp_path)[0].document(ID).metadata
    assert (facts.status, facts.amended_by) == (Status.PARTLY_IN_FORCE, ("1000/2099/NĐ-CP",))
    assert encoder.passages_encoded == 0


def test_a_replaced_text_can_still_be_read_and_is_not_searched(tmp_path: Path) -> None:
    loading = Loading(assembly(tmp_path))
    loading.load([written(tmp_path)], read_status("còn hiệu lực"))
    (version,) = loading.load([written(tmp_path, CHANGED)]).earlier
    library, index = state(tmp_path)
    (earlier,) = library.earlier_of(ID)
    assert (earlier.document.id, earlier.of) == (version, ID)
    assert earlier.document.text == TEXT
    assert earlier.document.metadata.status is None
    assert library.document(version) is earlier.document
    assert library.document(ID).text == CHANGED
    assert library.document(ID).metadata.status is Status.IN_FORCE
    assert set(library.documents) == {"137-2024-nd-cp", ID}
    assert all("19 giờ" not in clause.quote for clause in index.clauses)


def test_an_earlier_text_keeps_its_address_and_is_itself_brought_back(tmp_path: Path) -> None:
    loading = Loading(assembly(tmp_path))
    third = CHANGED.replace("7 giờ", "8 giờ")
    loading.load([written(tmp_path)])
    (first,) = loading.load([written(tmp_path, CHANGED)]).earlier
    (second,) = loading.load([written(tmp_path, third)]).earlier
    assert [one.document.id for one in state(tmp_path)[0].earlier_of(ID)] == [second, first]
    loading.load([written(tmp_path)])
    texts = [one.document.text for one in state(tmp_path)[0].earlier_of(ID)]
    assert texts == [third, CHANGED]
    (again,) = loading.load([written(tmp_path, third)]).earlier
    assert again == first


def test_neither_a_correction_nor_the_same_words_leave_an_earlier_text(tmp_path: Path) -> None:
    loading = Loading(assembly(tmp_path))
    loading.load([written(tmp_path)])
    assert loading.load([written(tmp_path, CHANGED)], correction=True).earlier == ()
    spaced = CHANGED.replace("7 giờ", "7  giờ")
    assert loading.load([written(tmp_path, spaced)]).earlier == ()
    library = state(tmp_path)[0]
    assert library.earlier == {}
    assert len(list((tmp_path / "library" / "texts").iterdir())) <= 2  # and the one before


def test_removing_one_earlier_text_or_the_document_with_all(tmp_path: Path) -> None:
    loading = Loading(assembly(tmp_path))
    loading.load([written(tmp_path)])
    (version,) = loading.load([written(tmp_path, CHANGED)]).earlier
    mark = version.partition("@")[2]
    with pytest.raises(InputError, match=f"no earlier text .*; there is: {version}"):
        loading.remove("999/2099/NĐ-CP@00000000")
    assert loading.remove(f"999/2099/NĐ-CP@{mark.upper()}").id == version
    assert state(tmp_path)[0].earlier == {}
    assert state(tmp_path)[0].document(ID).text == CHANGED
    loading.load([written(tmp_path)])
    loading.remove(ID)
    assert set(state(tmp_path)[0].documents) == {"137-2024-nd-cp"}
    assert state(tmp_path)[0].earlier == {}


def test_a_consolidated_text_is_a_document_of_its_own(tmp_path: Path) -> None:
    consolidated = CHANGED.replace("999/2099/NĐ-CP", "9/VBHN-BTC").replace(
        "Điều 1.",
        "Nghị định số 999/2099/NĐ-CP của Chính phủ về thả diều được sửa đổi, bổ sung bởi:\n"
        "Nghị định số 998/2099/NĐ-CP của Chính phủ.\nĐiều 1.",
        1,
    )
    loading = Loading(assembly(tmp_path))
    loading.load([written(tmp_path)])
    loading.load([written(tmp_path, consolidated)])
    library = state(tmp_path)[0]
    assert library.document(ID).text == TEXT
    found = library.document("9-vbhn-btc")
    assert found.metadata.name == "Văn bản hợp nhất 9/VBHN-BTC"
    assert found.metadata.title == "Nghị định về thả diều"
    chatbot = assembly(tmp_path).chatbot
    answer = chatbot.ask("khoản 1 điều 2 văn bản hợp nhất số 9/VBHN-BTC nói gì").answer
    assert answer is not None
    assert answer.citation == "khoản 1 Điều 2 Văn bản hợp nhất 9/VBHN-BTC"
    assert "18 giờ" in answer.quote


def test_removing_takes_the_text_away_and_what_is_not_there_is_named(tmp_path: Path) -> None:
    loading = Loading(assembly(tmp_path))
    loading.load([written(tmp_path)])
    loading.remove("999/2099/NĐ-CP")
    assert ID not in state(tmp_path)[0].documents
    loading.remove("137/2024/NĐ-CP")  # the shipped one stays away
    assert state(tmp_path)[0].documents == {}
    assert not list((tmp_path / "library" / "texts").glob("*"))
    with pytest.raises(InputError, match="999/2099"):
        loading.remove("999/2099/NĐ-CP")


def test_a_broken_sequence_is_refused_with_reason_unless_forced(tmp_path: Path) -> None:
    broken = written(tmp_path, TEXT.replace("Điều 3.", "Điều 8."), "broken.txt")
    loading = Loading(assembly(tmp_path))
    with pytest.raises(ParseError, match="Điều 2 is followed by Điều 8"):
        loading.load([broken])
    assert not (tmp_path / "index").exists()
    loading.load([broken], force=True)
    assert ID in state(tmp_path)[0].documents


def test_several_files_are_loaded_all_or_none(tmp_path: Path) -> None:
    other = written(tmp_path, TEXT.replace("999/2099", "998/2099"), "other.txt")
    loading = Loading(assembly(tmp_path))
    with pytest.raises(InputError):
        loading.load([other, tmp_path / "absent.txt"])
    with pytest.raises(InputError, match="are both 998/2099"):
        loading.load([other, written(tmp_path, other.read_text("utf-8"), "copy.txt")])
    with pytest.raises(InputError, match="one file at a time"):
        loading.load([other, written(tmp_path)], Facts(number="1/2099/NĐ-CP"))
    assert not (tmp_path / "index").exists()
    assert loading.load([other, written(tmp_path)], dry_run=True).loaded[0].stored is False
    assert not (tmp_path / "index").exists()
    loading.load([other, written(tmp_path)])
    assert set(state(tmp_path)[0].documents) == {"137-2024-nd-cp", "998-2099-nd-cp", ID}


def test_two_loads_at_once_are_refused(tmp_path: Path) -> None:
    with (
        assembly(tmp_path).changing(),
        pytest.raises(UnavailableError, match="another load"),
    ):
        Loading(assembly(tmp_path)).load([written(tmp_path)])


def test_a_text_changed_by_hand_is_named_and_mended_by_loading_again(tmp_path: Path) -> None:
    Loading(assembly(tmp_path)).load([written(tmp_path)])
    (text,) = (tmp_path / "library" / "texts").glob("*.txt")
    text.write_text(CHANGED, "utf-8")
    with pytest.raises(LibraryError, match="the file was changed"):
        _ = state(tmp_path)[0].document(ID).text
    Loading(assembly(tmp_path)).load([written(tmp_path)])
    assert state(tmp_path)[0].document(ID).text == TEXT


def test_the_documents_outlive_their_index(tmp_path: Path) -> None:
    Loading(assembly(tmp_path)).load([written(tmp_path)])
    (tmp_path / "index" / "current").unlink()
    assert assembly(tmp_path).update_index()
    assert ID in state(tmp_path)[0].documents


def test_embedding_cut_short_is_not_begun_anew(tmp_path: Path) -> None:
    class Dying(ToyEncoder):
        def encode_queries(self, texts: object) -> object:  # type: ignore[override]
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Loading(assembly(tmp_path, Dying())).load([written(tmp_path)])
    encoder = ToyEncoder()
    Loading(assembly(tmp_path, encoder)).load([written(tmp_path)])
    assert encoder.passages_encoded == 0
    assert encoder.queries_encoded > 0


def test_stored_documents_are_neither_read_nor_parsed_before_they_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [
        written(tmp_path, TEXT.replace("999/2099", f"{number}/2099"), f"{number}.txt")
        for number in range(900, 940)
    ]
    Loading(assembly(tmp_path)).load(files)
    parsed: list[str] = []
    monkeypatch.setattr("corpus.lazy.parse", lambda text, facts: parsed.append(facts.number))
    library = assembly(tmp_path).library
    assert len(library.clauses) == 5 + 40 * 4
    assert parsed == []


# --- crashes ----------------------------------------------------------------------------------


def child(folder: Path, file: Path, *rest: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.crashing", str(folder), str(file), *rest],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_killed_before_any_step_the_old_or_the_new_library_answers(tmp_path: Path) -> None:
    """One process a step would take minutes: eight steps are drawn anew each run."""
    old, new = written(tmp_path), written(tmp_path, CHANGED, "changed.txt")
    Loading(assembly(tmp_path)).load([old])
    trial = tmp_path / "trial"
    Loading(assembly(trial)).load([old])
    out, _ = child(trial, new).communicate(timeout=60)
    steps = int(out)
    assert steps > 15
    for step in random.sample(range(steps), 8):
        killed = child(tmp_path, new, str(step))
        killed.communicate(timeout=60)
        assert killed.returncode == -signal.SIGKILL, step
        library, index = state(tmp_path)
        text = library.document(ID).text
        assert text in (TEXT, CHANGED), step
        said = "19 giờ" if text == TEXT else "18 giờ"
        hit = index.search("được thả diều đến mấy giờ", documents=[ID])[0]
        assert hit.clause.quote in text
        assert any(said in clause.quote for clause in index.clauses)
        Loading(assembly(tmp_path)).load([old])  # the next load succeeds
        assert state(tmp_path)[0].document(ID).text == TEXT
    kept = len(list((tmp_path / "index").glob("generation-*")))
    assert kept == 2  # what the killed ones left is gone
    assert len(list((tmp_path / "library" / "texts").iterdir())) <= 2


# --- a running server -------------------------------------------------------------------------


def eventually(true: Callable[[], bool], seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.02)
    return False


def test_a_running_server_follows_without_a_failed_request(tmp_path: Path) -> None:
    parts = assembly(tmp_path)
    Loading(parts).load([written(tmp_path)])
    live = LiveChatbot(parts, look_seconds=0.05)
    statuses: list[int] = []
    finished = threading.Event()
    with TestClient(create_app(live, parts.settings, live.prepare)) as client:
        assert eventually(lambda: client.get("/readyz").status_code == 200)
        live.start_watching()

        def quote() -> str:
            asked = {"question": "khoản 1 Điều 2 Nghị định 999/2099/NĐ-CP"}
            answer = client.post("/api/v1/ask", json=asked)
            statuses.append(answer.status_code)
            return str((answer.json()["answer"] or {}).get("quote"))

        def visitor() -> None:
            while not finished.is_set():
                quote()
                question = {"question": "được thả diều đến mấy giờ"}
                statuses.append(client.post("/api/v1/ask", json=question).status_code)
                statuses.append(client.get(f"/api/v1/documents/{ID}").status_code)

        visitors = [threading.Thread(target=visitor) for _ in range(2)]
        for one in visitors:
            one.start()
        try:
            for text, said in ((CHANGED, "18 giờ"), (TEXT, "19 giờ")):
                Loading(assembly(tmp_path)).load([written(tmp_path, text)])
                assert eventually(lambda said=said: said in quote())  # type: ignore[misc]
        finally:
            finished.set()
            for one in visitors:
                one.join(30)
            live.stop_watching()
    assert len(statuses) > 10
    assert set(statuses) == {200}


def test_a_changed_library_that_cannot_be_loaded_leaves_the_old_one(tmp_path: Path) -> None:
    parts = assembly(tmp_path)
    Loading(parts).load([written(tmp_path)])
    live = LiveChatbot(parts, look_seconds=0.02)
    live.prepare()
    live.start_watching()
    try:
        (tmp_path / "index" / "current").write_text("generation-absent 00\n", "utf-8")
        time.sleep(0.3)
        assert live.ask("khoản 1 Điều 2 Nghị định 999/2099/NĐ-CP").answer is not None
        Loading(assembly(tmp_path)).load([written(tmp_path, CHANGED)])
        assert eventually(lambda: live.library.document(ID).text == CHANGED)
    finally:
        live.stop_watching()


# --- the command ------------------------------------------------------------------------------


def test_the_command_refuses_with_exit_code_2(tmp_path: Path) -> None:
    broken = written(tmp_path, TEXT.replace("Điều 3.", "Điều 8."))
    for arguments in (["load", str(broken)], ["load", str(broken), "--status", "chắc là còn"]):
        done = subprocess.run(
            [sys.executable, "app.py", *arguments, "--data-dir", str(tmp_path / "data")],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 2, done
        assert "--force" in done.stderr or "expected" in done.stderr


def test_a_load_prints_the_report_as_json(tmp_path: Path) -> None:
    arguments = ["load", str(written(tmp_path)), "--dry-run", "--json"]
    done = subprocess.run(
        [sys.executable, "app.py", *arguments, "--data-dir", str(tmp_path / "data")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    (document,) = json.loads(done.stdout)["documents"]
    assert (document["id"], document["loaded"], document["replaced"]) == (ID, False, None)
    assert document["report"]["articles"] == "1-3 (3)"
