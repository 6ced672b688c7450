"""The list of origins: what an entry means, and entries that cannot be meant."""

from __future__ import annotations

import pytest

from chatbot.origins import Origins, read_origin
from chatbot.settings import as_table, read_settings
from corpus.errors import InputError


@pytest.mark.parametrize(
    ("entry", "allowed", "refused"),
    [
        ("https://a.example.vn", "https://a.example.vn", "http://a.example.vn"),
        ("https://a.example.vn", "https://A.example.vn:443", "https://a.example.vn:8443"),
        ("https://a.example.vn", "https://a.example.vn/trang?x", "https://b.a.example.vn"),
        ("a.example.vn", "https://a.example.vn", "http://a.example.vn"),
        ("*.example.vn", "https://a.example.vn", "https://example.vn"),
        ("*.example.vn", "https://a.b.example.vn", "https://evilexample.vn"),
        ("*.example.vn", "https://a.example.vn", "https://a.example.vn.evil.com"),
        ("http://localhost:3000", "http://localhost:3000", "http://localhost"),
        ("http://[::1]:3000", "http://[::1]:3000", "http://[::2]:3000"),
        ("https://a.vn", "https://a.vn", "null"),
        ("https://a.vn", "https://a.vn", "file:///a.vn"),
        ("https://a.vn", "https://a.vn", "https://a.vn@evil.com"),
        ("https://a.vn", "https://a.vn", "https://a.vn:port"),
    ],
)
def test_an_entry_means_what_it_means_to_a_browser(entry: str, allowed: str, refused: str) -> None:
    origins = Origins([entry])
    assert allowed in origins
    assert refused not in origins


def test_entries_are_printed_as_policy_sources() -> None:
    entries = ["*.Example.vn", "https://a.vn:443/", "http://b.vn:8080", "*.example.vn"]
    assert Origins(entries).sources == (
        "https://*.example.vn",
        "https://a.vn",
        "http://b.vn:8080",
    )


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("*", "expected an origin"),
        ("*.vn", "everyone's"),
        ("https://*", "expected an origin"),
        ("https://a.*.vn", "expected an origin"),
        ("https://a.vn/trang", "no path"),
        ("https://a.vn; script-src *", "expected an origin"),
        ("https://a.vn 'unsafe-inline'", "expected an origin"),
        ("ftp://a.vn", "expected an origin"),
        ("null", None),
        ("https://a.vn:99999", "no port"),
        ("https://bộ.vn", "xn--"),
    ],
)
def test_entries_that_cannot_be_meant_are_refused(entry: str, words: str | None) -> None:
    if words is None:
        assert "null" not in Origins([entry])  # a host of that name; never the opaque origin
        return
    with pytest.raises(InputError, match=words):
        read_settings({"HOI_LUAT_EMBED_ORIGINS": entry})


def test_the_setting_is_a_list_or_one_line() -> None:
    settings = read_settings({"HOI_LUAT_EMBED_ORIGINS": "https://a.vn, *.b.vn,"})
    assert settings.embed_origins == ("https://a.vn", "*.b.vn")
    assert as_table(settings)["embed_origins"] == ["https://a.vn", "*.b.vn"]
    with pytest.raises(InputError, match="root_path"):
        read_settings({"HOI_LUAT_ROOT_PATH": "tra-cuu/"})


def test_origins_print_without_the_own_port() -> None:
    assert str(read_origin("https://A.vn:443/x")) == "https://a.vn"
    assert str(read_origin("http://a.vn:443")) == "http://a.vn:443"
