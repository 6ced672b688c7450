"""The encoder with real weights: vectors, prompts, identity, and clear failures."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index.bundled_data import PROMPTS
from index.encoder import (
    SentenceEncoder,
    choose_prompts,
    encoder_identity,
    open_encoder,
)
from index.errors import EncoderError

TEXTS = [
    "kế hoạch lập năm một lần",
    "Phí cấp giấy phép là 100.000 đồng.",
    "kế hoạch lập năm một lần",
]


@pytest.fixture(scope="module")
def plain(cache_dir: Path) -> SentenceEncoder:
    return open_encoder("bundled-plain", cache_dir, threads=1)


@pytest.mark.model
def test_vectors_are_unit_rows_in_order(plain: SentenceEncoder) -> None:
    for encode in (plain.encode_queries, plain.encode_passages):
        vectors = encode(TEXTS)
        assert vectors.shape == (3, plain.dimension)
        assert vectors.dtype == np.float32
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
        assert np.allclose(vectors[0], vectors[2], atol=1e-5)
        assert not np.allclose(vectors[0], vectors[1], atol=1e-2)


@pytest.mark.model
def test_nothing_in_gives_no_rows(plain: SentenceEncoder) -> None:
    assert plain.encode_queries([]).shape == (0, 384)
    assert plain.encode_passages([]).shape == (0, 384)


@pytest.mark.model
def test_questions_and_passages_get_their_prompts(plain: SentenceEncoder) -> None:
    text = TEXTS[0]
    bare = plain.model.encode([text], prompt="", normalize_embeddings=True)[0]
    for encode, prompt in (
        (plain.encode_queries, PROMPTS["query"]),
        (plain.encode_passages, PROMPTS["document"]),
    ):
        prompted = plain.model.encode([prompt + text], prompt="", normalize_embeddings=True)[0]
        assert np.allclose(encode([text])[0], prompted, atol=1e-5)
        assert not np.allclose(encode([text])[0], bare, atol=1e-3)


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    ["", " ", "\u0000", "\ufdfa" * 50, "đ" * 100_000, "🙂", "𝔄\u0301"],
    ids=["empty", "blank", "NUL", "expands in NFKC", "very long", "emoji", "stray mark"],
)
def test_any_text_gives_a_finite_vector(plain: SentenceEncoder, text: str) -> None:
    vector = plain.encode_queries([text])[0]
    assert np.isfinite(vector).all()
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


@pytest.mark.model
def test_decomposed_text_has_the_same_vector(plain: SentenceEncoder) -> None:
    import unicodedata

    composed, decomposed = (unicodedata.normalize(form, TEXTS[0]) for form in ("NFC", "NFD"))
    vectors = plain.encode_queries([composed, decomposed])
    assert float(vectors[0] @ vectors[1]) == pytest.approx(1, abs=1e-5)


@pytest.mark.model
def test_identity_is_known_without_loading(plain: SentenceEncoder, cache_dir: Path) -> None:
    assert encoder_identity("bundled-plain", cache_dir) == plain.identity
    assert encoder_identity("some/model", cache_dir) is None


@pytest.mark.model
def test_tuned_and_plain_are_told_apart(cache_dir: Path) -> None:
    assert encoder_identity("bundled", cache_dir) != encoder_identity("bundled-plain", cache_dir)


@pytest.mark.model
def test_saved_model_loads_by_path(plain: SentenceEncoder, tmp_path: Path) -> None:
    folder = tmp_path / "my-model"
    plain.model.save(str(folder), create_model_card=False)
    loaded = SentenceEncoder.load(folder)
    assert loaded.identity.startswith("my-model@")
    assert np.allclose(loaded.encode_queries(TEXTS), plain.encode_queries(TEXTS), atol=1e-5)
    (folder / "config.json").write_text((folder / "config.json").read_text() + " ")
    assert SentenceEncoder.load(folder).identity != loaded.identity


@pytest.mark.parametrize("name", ["./nowhere", "~/nowhere", "/nowhere/model"])
def test_missing_folder_is_said_plainly(name: str, tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="there is no such folder"):
        open_encoder(name, tmp_path)


def test_folder_that_is_no_model_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="cannot be loaded"):
        open_encoder(str(tmp_path), tmp_path)


@pytest.mark.parametrize(
    ("name", "configured", "expected"),
    [
        ("intfloat/multilingual-e5-small", {}, PROMPTS),
        ("models/e5", {"query": "", "document": ""}, PROMPTS),
        ("intfloat/multilingual-e5-small", {"query": "q: "}, {"query": "q: ", "document": ""}),
        ("some/model", {}, {"query": "", "document": ""}),
        (
            "some/model",
            {"passage": "p: ", "document": ""},
            {"query": "", "passage": "p: ", "document": "p: "},
        ),
        ("some/hue5", {}, {"query": "", "document": ""}),
    ],
)
def test_prompts(name: str, configured: dict[str, str], expected: dict[str, str]) -> None:
    assert choose_prompts(name, configured) == expected


def test_importing_the_module_imports_nothing_heavy() -> None:
    code = "import sys, index.encoder; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
