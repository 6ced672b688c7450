"""A file that grows by one JSON object a line."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot import line_log
from chatbot.line_log import LineLog

VALUES = st.dictionaries(
    st.text(max_size=5), st.none() | st.booleans() | st.integers() | st.text(max_size=20)
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "log" / "lines.jsonl"


def test_what_was_never_written_is_empty_and_leaves_no_folder(file: Path) -> None:
    assert list(LineLog(file).read()) == []
    assert not file.parent.exists()


def test_lines_are_vietnamese_as_a_person_reads_it(file: Path) -> None:
    assert LineLog(file).add({"câu": "thả diều\nở đâu"})
    assert LineLog(file).add({"câu": "mấy giờ"})
    assert file.read_text("utf-8") == '{"câu": "thả diều\\nở đâu"}\n{"câu": "mấy giờ"}\n'


@settings(deadline=None)
@given(st.lists(VALUES, max_size=5))
def test_what_was_added_is_read_oldest_first(values: list[dict[str, object]]) -> None:
    with TemporaryDirectory() as folder:
        log = LineLog(Path(folder) / "lines.jsonl")
        assert all(log.add(value) for value in values)
        assert list(log.read()) == values


def test_a_full_file_takes_nothing_more(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_log, "MAX_BYTES", 20)
    log = LineLog(file)
    assert log.add({"one": 1})
    assert log.add({"two": 2})  # ends beyond the 20 bytes it began before
    size = file.stat().st_size
    assert not log.add({"three": 3})
    assert file.stat().st_size == size
    assert list(LineLog(file).read()) == [{"one": 1}, {"two": 2}]


@pytest.mark.parametrize("broken", [b'{"a": ', b"", b"khong", b'{"a": "\xff', b"\xe1\xba"])
def test_a_broken_line_is_passed_over(file: Path, broken: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(b'{"one": 1}\n' + broken + b'\n{"two": 2}\n' + broken)
    assert list(LineLog(file).read()) == [{"one": 1}, {"two": 2}]


@pytest.mark.parametrize("broken", [b'{"two": ', b'{"two": 2}', b"\xe1\xba"])
def test_what_is_added_behind_a_line_cut_short_begins_its_own(file: Path, broken: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(b'{"one": 1}\n' + broken)
    assert LineLog(file).add({"c": 3})
    assert file.read_bytes() == b'{"one": 1}\n' + broken + b'\n{"c": 3}\n'
    assert list(LineLog(file).read())[-1] == {"c": 3}


def test_threads_do_not_write_into_one_another(file: Path) -> None:
    log = LineLog(file)
    values = [{"number": number, "text": "điều " * 50} for number in range(200)]
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(log.add, values))
    assert sorted(map(json.dumps, log.read())) == sorted(map(json.dumps, values))


def test_a_file_that_cannot_be_used_is_an_error(file: Path) -> None:
    file.mkdir(parents=True)
    with pytest.raises(IsADirectoryError):
        LineLog(file).add({})
    with pytest.raises(IsADirectoryError):
        list(LineLog(file).read())
