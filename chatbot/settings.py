"""Settings: one frozen object, from defaults, an optional TOML file and the environment.

Precedence, lowest first: default, TOML file, environment variable `HOI_LUAT_<NAME>`.
"""

from __future__ import annotations

import dataclasses
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_type_hints

from chatbot.origins import Origins
from corpus.errors import InputError

ENVIRONMENT_PREFIX = "HOI_LUAT_"
_SWITCH = {"true": True, "1": True, "false": False, "0": False, "": False}
SHORTEST_TOKEN = 16  # characters
HIDDEN = "(not shown)"  # stands for a token wherever settings are printed
BUNDLED_ENCODER = "bundled"  # value of `encoder` that selects the model made by `index.bundled`


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set. Each field is also a TOML key and an environment variable."""

    data_dir: Path = Path("var")  # library and index; relative to the working directory
    cache_dir: Path = Path("var/cache")  # converted encoder; may be deleted at any time
    host: str = "127.0.0.1"
    port: int = 7860
    encoder: str = BUNDLED_ENCODER  # or any sentence-transformers model, by name or path
    encoder_threads: int = 0  # CPU threads a question may use; 0 leaves it to torch
    max_question_chars: int = 2000  # longer questions are refused before any work is done
    max_history: int = 20  # earlier turns accepted with a question
    embed_origins: tuple[str, ...] = ()  # sites that may show the chat; in a variable, by commas
    feedback: bool = False  # ask visitors whether an answer was right; keeps no question
    operator_token: str = ""  # opens the page that loads documents; "" keeps it shut
    log_refused: bool = False  # keep the questions nobody got an answer to, as typed
    root_path: str = ""  # path a reverse proxy serves us under, like "/hoi-luat"

    def __post_init__(self) -> None:
        """Check the values, so that a wrong setting is said at start and not later."""
        _require(0 <= self.port <= 65535, "port", self.port, "0…65535 (0 picks a free one)")
        _require(self.encoder_threads >= 0, "encoder_threads", self.encoder_threads, "0 or more")
        _require(
            1 <= self.max_question_chars <= 100_000,
            "max_question_chars",
            self.max_question_chars,
            "1…100000",
        )
        _require(0 <= self.max_history <= 1000, "max_history", self.max_history, "0…1000")
        _require(
            not self.root_path or re.fullmatch(r"(/[A-Za-z0-9._~-]+)+", self.root_path) is not None,
            "root_path",
            self.root_path,
            'a path like "/hoi-luat", or nothing',
        )
        try:
            Origins(self.embed_origins)
        except InputError as error:
            raise InputError(f"setting embed_origins: {error}") from None
        _require(
            not self.operator_token or len(self.operator_token) >= SHORTEST_TOKEN,
            "operator_token",
            HIDDEN,
            f"{SHORTEST_TOKEN} characters or more that nobody guesses, or nothing",
        )
        _require(bool(self.encoder.strip()), "encoder", self.encoder, "a model name or path")

    @property
    def library_dir(self) -> Path:
        """Folder of the loaded documents."""
        return self.data_dir / "library"

    @property
    def feedback_file(self) -> Path:
        """Where feedback is kept, one JSON object a line."""
        return self.data_dir / "feedback.jsonl"

    @property
    def refused_file(self) -> Path:
        """Where refused questions are kept, one JSON object a line."""
        return self.data_dir / "refused.jsonl"

    @property
    def index_dir(self) -> Path:
        """Folder of the saved index."""
        return self.data_dir / "index"


def _require(fine: bool, name: str, value: object, expected: str) -> None:
    if not fine:
        raise InputError(f"setting {name} = {value!r}: expected {expected}")


def read_settings(
    environment: Mapping[str, str],
    file: Path | None = None,
    overrides: Mapping[str, Any] | None = None,
) -> Settings:
    """Build the settings.

    Args:
        environment: Usually `os.environ`; only names with the prefix are read.
        file: TOML file; `None` reads none.
        overrides: Values that win over everything, such as command-line options.

    Raises:
        InputError: An unknown name, a value of the wrong type or out of range, or a file
            that is not there or not TOML.
    """
    types = get_type_hints(Settings)
    values: dict[str, Any] = {}
    if file is not None:
        values |= _from_toml(file, types)
    for variable, raw in environment.items():
        if variable.startswith(ENVIRONMENT_PREFIX):
            name = variable.removeprefix(ENVIRONMENT_PREFIX).lower()
            values[name] = _convert(name, raw, types, origin=variable)
    values |= overrides or {}
    return Settings(**values)


def _from_toml(file: Path, types: Mapping[str, type]) -> dict[str, Any]:
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"settings file {file} cannot be read: {error}") from error
    return {name: _convert(name, raw, types, origin=str(file)) for name, raw in table.items()}


def _convert(name: str, raw: object, types: Mapping[str, type], *, origin: str) -> object:
    """Return `raw` as the type of setting `name`."""
    wanted = types.get(name)
    if wanted is None:
        known = ", ".join(sorted(types))
        raise InputError(f"{origin}: unknown setting {name!r}; known settings: {known}")
    if wanted is int and isinstance(raw, str):
        try:
            return int(raw)
        except ValueError:
            raise InputError(f"{origin}: {name} = {raw!r} is not a whole number") from None
    if wanted is bool and isinstance(raw, str):
        if raw.lower() not in _SWITCH:
            raise InputError(f"{origin}: {name} = {raw!r} is neither true nor false")
        return _SWITCH[raw.lower()]
    if wanted is Path and isinstance(raw, str):
        return Path(raw)
    if wanted == tuple[str, ...]:
        items = raw.split(",") if isinstance(raw, str) else raw
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            raise InputError(f"{origin}: {name} = {raw!r} must be a list of texts")
        return tuple(item.strip() for item in items if item.strip())
    if type(raw) is not wanted:
        raise InputError(f"{origin}: {name} = {raw!r} must be of type {wanted.__name__}")
    return raw


def as_table(settings: Settings) -> dict[str, str | int | bool | list[str]]:
    """Return the settings as plain values, for `--show-config`."""
    values = {field.name: getattr(settings, field.name) for field in dataclasses.fields(settings)}
    if values["operator_token"]:
        values["operator_token"] = HIDDEN
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> str | int | bool | list[str]:  # noqa: ANN401 - any setting
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, Path) else value
