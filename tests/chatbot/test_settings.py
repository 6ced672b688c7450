"""Settings: precedence, types, and clear refusals."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.settings import Settings, as_table, read_settings
from corpus.errors import InputError


def test_defaults_listen_on_this_machine_only() -> None:
    assert read_settings({}).host == "127.0.0.1"


def test_environment_beats_file_and_overrides_beat_both(tmp_path: Path) -> None:
    file = tmp_path / "hoi-luat.toml"
    file.write_text('port = 1\nhost = "0.0.0.0"\nencoder = "from-file"\n', "utf-8")
    settings = read_settings(
        {"HOI_LUAT_PORT": "2", "HOI_LUAT_ENCODER": "from-environment", "OTHER": "x"},
        file,
        {"port": 3},
    )
    assert (settings.port, settings.encoder, settings.host) == (3, "from-environment", "0.0.0.0")


def test_paths_become_paths(tmp_path: Path) -> None:
    settings = read_settings({"HOI_LUAT_DATA_DIR": str(tmp_path)})
    assert settings.library_dir == tmp_path / "library"
    assert as_table(settings)["data_dir"] == str(tmp_path)


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"HOI_LUAT_PORT": "many"}, "not a whole number"),
        ({"HOI_LUAT_PORT": "70000"}, "0…65535"),
        ({"HOI_LUAT_POTR": "1"}, "unknown setting 'potr'"),
        ({"HOI_LUAT_ENCODER": " "}, "a model name or path"),
        ({"HOI_LUAT_MAX_QUESTION_CHARS": "0"}, "1…100000"),
    ],
)
def test_wrong_environment_is_named(environment: dict[str, str], words: str) -> None:
    with pytest.raises(InputError, match=words):
        read_settings(environment)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'port = "1"x', "cannot be read"),  # not TOML
        (b"\xff\xfe", "cannot be read"),  # not UTF-8
        (b"port = 1.5", "must be of type int"),
        (b"colour = 1", "unknown setting 'colour'"),
    ],
)
def test_wrong_file_is_named(tmp_path: Path, content: bytes, words: str) -> None:
    file = tmp_path / "hoi-luat.toml"
    file.write_bytes(content)
    with pytest.raises(InputError, match=words):
        read_settings({}, file)


def test_missing_file_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_settings({}, tmp_path / "absent.toml")


def test_every_setting_is_shown() -> None:
    assert set(as_table(Settings())) == set(Settings.__dataclass_fields__)
