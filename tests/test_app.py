"""The command line as an operator runs it: output and exit codes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from chatbot.assembly import Assembly

ROOT = Path(__file__).resolve().parent.parent


def run(*arguments: str, data_dir: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "app.py", *arguments, "--data-dir", str(data_dir)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def indexed(parts: Assembly, tmp_path: Path) -> Path:
    """Return a data folder whose index is current."""
    folder = tmp_path / "indexed"
    shutil.copytree(parts.settings.data_dir, folder)
    done = run("index", data_dir=folder)
    assert done.returncode == 0, done
    return folder


def test_a_look_up_prints_the_documented_json(tmp_path: Path) -> None:
    done = run("ask", "khoản 2 Điều 6", "--json", data_dir=tmp_path)
    answer = json.loads(done.stdout)
    assert done.returncode == 0
    assert set(answer) == {
        "status",
        "question",
        "understood_as",
        "answer",
        "alternatives",
        "suggestions",
        "message",
    }
    assert answer["answer"]["url"] == "/van-ban/137-2024-nd-cp#dieu-6.khoan-2"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["ask", "khoản 9 Điều 6"], 1, "Không có khoản 9 Điều 6"),
        (["ask", ""], 2, "the question is empty"),
        (["ask", "x\udcff"], 2, "lone surrogate"),
        (["ask", "phí?"], 3, "Đây là lỗi của hệ thống"),  # no index in this data folder
        (["ask", "Điều 6", "--document", "absent"], 2, "no document 'absent'"),
        (["parse", "."], 2, "cannot be read"),
        (["parse", "absent.txt"], 2, "cannot be read"),
        (["parse", "LICENSE"], 2, "no line begins an article"),
        (["evaluate", "absent.jsonl"], 2, "cannot be read"),
        (["nonsense"], 2, "invalid choice"),
        (["serve", "--port", "70000"], 2, "setting port"),
        (["serve"], 3, "there is no index"),
        (["questions", "--add", "absent.jsonl"], 2, "cannot be read"),
        (["questions"], 0, ""),
        (["questions", "--remove", "phí?"], 2, "--remove needs --document"),
        (["questions", "--remove", "", "--document", "137/2024"], 2, "no question ''"),
        (["questions", "--remove", "phí?", "--document", "absent"], 2, "no document 'absent'"),
        (["questions", "--remove", "x", "--clear", "137/2024"], 2, "not allowed with"),
        (["refused"], 0, "log_refused is off"),
        (["documents"], 0, "137-2024-nd-cp"),
        (["--show-config"], 0, "max_question_chars"),
    ],
)
def test_exit_codes(tmp_path: Path, arguments: list[str], code: int, words: str) -> None:
    done = run(*arguments, data_dir=tmp_path)
    assert (done.returncode, words in done.stdout + done.stderr) == (code, True), done
    if code != 3:
        assert "Traceback" not in done.stderr


def test_ask_as_typed_leaves_the_question_alone(indexed: Path) -> None:
    question = "ke hoach chuyen doi so may nam lap mot lan"
    read, as_typed = (
        json.loads(run("ask", question, "--json", *more, data_dir=indexed).stdout)
        for more in ([], ["--as-typed"])
    )
    assert read["understood_as"] == "kế hoạch chuyển đổi số mấy năm lập một lần"
    assert as_typed["understood_as"] is None


def test_a_question_is_added_listed_and_removed(indexed: Path, tmp_path: Path) -> None:
    row = {"document": "137-2024-nd-cp", "provision": "dieu-6.khoan-2", "question": "hỏi thử"}
    file = tmp_path / "questions.jsonl"
    file.write_text(json.dumps(row), "utf-8")
    assert run("questions", "--add", str(file), data_dir=indexed).returncode == 0
    assert json.loads(run("questions", data_dir=indexed).stdout) == row
    remove = ("questions", "--document", "137/2024/NĐ-CP", "--remove", "hỏi thử")
    assert run(*remove, data_dir=indexed).stdout.startswith("removed: 1 questions, 137/2024/NĐ-CP;")
    assert run("questions", data_dir=indexed).stdout == ""
    again = run(*remove, data_dir=indexed)
    assert (again.returncode, "'hỏi thử' was added" in again.stderr) == (2, True), again


def test_the_doctor_names_each_trouble(indexed: Path, tmp_path: Path) -> None:
    ill = run("doctor", data_dir=tmp_path)
    assert (ill.returncode, "error index" in ill.stdout) == (3, True), ill
    well = run("doctor", data_dir=indexed)
    assert well.returncode == 0, well
    assert [line.split(":")[0] for line in well.stdout.splitlines()] == [
        "ok    library",
        "ok    model",
        "ok    index",
        "ok    decision",
    ]
    assert "not for this model" not in well.stdout


def test_parse_prints_a_tree_that_joins_to_the_text(tmp_path: Path) -> None:
    path = ROOT / "corpus" / "decree" / "137-2024-nd-cp.txt"
    tree = json.loads(run("parse", str(path), "--json", data_dir=tmp_path).stdout)

    def own(node: dict[str, object]) -> str:
        children = node["children"]
        assert isinstance(children, list)
        return str(node.get("text", "")) + "".join(own(child) for child in children)

    assert "".join(own(child) for child in tree["children"]) == path.read_text("utf-8")
