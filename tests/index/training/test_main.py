"""The command line of the training: what is passed on, and what is refused."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("datasets", reason="training needs the test tools")
pytest.importorskip("peft", reason="training needs the test tools")

from index.training import __main__ as command
from index.training.__main__ import main
from index.training.adapt import AdaptOptions
from index.training.train import TrainOptions
from index.translation import Translations
from tests.index.training.laws import write_shared

PREPARED = Path("prepared")


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Convert no encoder; return how it was asked for each time."""
    asked: list[dict[str, Any]] = []

    def prepare(cache: Path, **wanted: Any) -> Path:  # noqa: ANN401 - as it was called
        wanted.pop("progress")
        asked.append({"cache": cache, **wanted})
        return PREPARED / "-".join(sorted(wanted) or ["full"])

    monkeypatch.setattr(command, "prepare_bundled_encoder", prepare)
    return asked


@pytest.fixture
def train_options(monkeypatch: pytest.MonkeyPatch) -> list[TrainOptions]:
    told: list[TrainOptions] = []

    def noting(options: TrainOptions) -> Path:
        told.append(options)
        return options.out

    monkeypatch.setattr("index.training.train.train", noting)
    return told


@pytest.fixture
def adapt_options(monkeypatch: pytest.MonkeyPatch) -> list[AdaptOptions]:
    told: list[AdaptOptions] = []

    def noting(options: AdaptOptions) -> Path:
        told.append(options)
        return options.out

    monkeypatch.setattr("index.training.adapt.adapt", noting)
    return told


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ([], "required: command"),
        (["teach"], "invalid choice: 'teach'"),
        (["train", "--epochs", "six"], "argument --epochs: invalid int value"),
        (["train", "--rank", "4"], "unrecognized arguments: --rank"),
        (["adapt", "--epochs", "6"], "unrecognized arguments: --epochs"),
        (["pack"], "required: --model"),
        (["pack-adapted"], "required: --model"),
        (["widen"], "required: --out"),
    ],
)
def test_what_cannot_be_done_is_refused_with_exit_code_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str], reason: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert reason in capsys.readouterr().err


def test_training_without_options_is_what_its_options_say(
    prepared: list[dict[str, Any]],
    train_options: list[TrainOptions],
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    assert main(["train", "--own", str(tmp_path / "absent"), "--cache", "c"]) == 0
    assert train_options == [
        TrainOptions(
            data=Path("../shared/data"),
            own=None,
            base=PREPARED / "tuned",
            out=Path("var/training"),
        )
    ]
    assert prepared == [{"cache": Path("c"), "tuned": False}]  # it starts from the plain one
    assert capsys.readouterr().out == "trained model: var/training\n"


def test_a_base_that_is_given_needs_no_other(
    prepared: list[dict[str, Any]], train_options: list[TrainOptions], tmp_path: Path
) -> None:
    own = tmp_path / "own.jsonl"
    own.write_text("", "utf-8")
    main(["train", "--base", "wide", "--own", str(own)])
    assert (train_options[0].base, train_options[0].own) == (Path("wide"), own)
    assert prepared == []


def given(options: TrainOptions | AdaptOptions, names: str) -> dict[str, Any]:
    assert set(names.split()) <= {field.name for field in fields(options)}
    return {name: getattr(options, name) for name in names.split()}


def test_every_setting_of_the_training_is_passed_on(train_options: list[TrainOptions]) -> None:
    main(
        "train --base b --data d --out o --threads 3 --epochs 7 --rows 8 --rate 0.5 --noise 0.25 "
        "--frozen 2 --typing 0 --temperature 0.125 --weak 0.75 --seed 9 --max-steps 11 "
        "--check-every 13".split()
    )
    names = (
        "data out threads epochs rows rate noise frozen typing temperature weak seed max_steps "
        "check_every"
    )
    values = (Path("d"), Path("o"), 3, 7, 8, 0.5, 0.25, 2, 0.0, 0.125, 0.75, 9, 11, 13)
    assert given(train_options[0], names) == dict(zip(names.split(), values, strict=True))


def test_adapting_starts_from_the_trained_encoder_and_has_it_as_teacher(
    prepared: list[dict[str, Any]], adapt_options: list[AdaptOptions], tmp_path: Path
) -> None:
    assert main(["adapt", "--own", str(tmp_path / "absent")]) == 0
    base = PREPARED / "adapted"
    assert adapt_options == [
        AdaptOptions(
            data=Path("../shared/data"),
            own=None,
            base=base,
            teachers=(base,),
            out=Path("var/training/adapted"),
        )
    ]
    assert prepared == [{"cache": Path("var/cache"), "adapted": False}]


def test_both_teachers_are_what_was_trained_so_far_and_the_published_one(
    prepared: list[dict[str, Any]], adapt_options: list[AdaptOptions]
) -> None:
    main(["adapt", "--both", "--further"])
    assert adapt_options[0].base == PREPARED / "adapted"
    assert adapt_options[0].teachers == (PREPARED / "share", PREPARED / "tuned")
    assert adapt_options[0].further
    assert [{**one, "cache": None} for one in prepared] == [
        {"cache": None, "adapted": False},
        {"cache": None, "share": 1.0},
        {"cache": None, "tuned": False},
    ]


@pytest.mark.usefixtures("prepared")
def test_every_setting_of_the_adapting_is_passed_on(adapt_options: list[AdaptOptions]) -> None:
    main(
        "adapt --out o --steps 3 --rows 5 --rank 7 --rate 0.5 --passes 2 --noise 0.25 "
        "--max-tokens 9 --passages 11 --asked a.jsonl --check-every 13 --seed 15".split()
    )
    names = "out steps rows rank rate passes noise max_tokens passages asked check_every seed"
    values = (Path("o"), 3, 5, 7, 0.5, 2, 0.25, 9, 11, Path("a.jsonl"), 13, 15)
    assert given(adapt_options[0], names) == dict(zip(names.split(), values, strict=True))


def test_packing_passes_on_what_it_was_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told: list[tuple[object, dict[str, Any]]] = []

    def noting(model: object, **options: Any) -> str:  # noqa: ANN401 - as it was called
        told.append((model, options))
        return "tuned.xz: 7.0 MB"

    monkeypatch.setattr("index.training.pack.pack_models", noting)
    monkeypatch.setattr("index.training.pack.pack_adapted", noting)
    main(["pack", "--model", "a", "b"])
    main(["pack", "--model", "a", "--share", "0.5", "--steps", "7"])
    main(["pack-adapted", "--model", "a"])
    assert told == [
        ([Path("a"), Path("b")], {"share": 1.0, "steps": 11}),
        ([Path("a")], {"share": 0.5, "steps": 7}),
        (Path("a"), {"steps": 31}),
    ]
    assert capsys.readouterr().out == "tuned.xz: 7.0 MB\n" * 3


def test_measuring_prints_the_accuracy_as_json(
    tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = write_shared(tmp_path / "data")
    assert main(["measure", "--data", str(data), "--model", str(tiny), "--threads", "1"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["encoder"]["identity"].startswith("model@")
    assert "alqac" not in printed


def test_translate_writes_the_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "translations.npz"
    monkeypatch.setattr("index.training.translate.BACKGROUND_STEP", 1)
    monkeypatch.setattr("index.translation.TRANSLATIONS", file)
    monkeypatch.setattr("index.bundled_data.CHECKSUMS", tmp_path / "SHA256SUMS")
    own = tmp_path / "own-questions.jsonl"
    assert main(["translate", "--data", str(write_shared(tmp_path)), "--own", str(own)]) == 0
    table = Translations.unpack(file.read_bytes())
    assert f"{len(table.lifts)} translations" in capsys.readouterr().out
    assert (tmp_path / "SHA256SUMS").read_text("ascii").endswith("  translations.npz\n")
