"""How documents are cited: numbers, kinds and names."""

from __future__ import annotations

import re

from corpus.text import fold

KINDS = (
    "Thông tư liên tịch",  # longer names first: the first that fits is taken
    "Nghị định",
    "Thông tư",
    "Quyết định",
    "Nghị quyết",
    "Pháp lệnh",
    "Chỉ thị",
    "Bộ luật",
    "Hiến pháp",
    "Luật",
)
ABBREVIATED_KINDS = {
    "nd": "Nghị định",
    "tt": "Thông tư",
    "ttlt": "Thông tư liên tịch",
    "qd": "Quyết định",
    "nq": "Nghị quyết",
    "ct": "Chỉ thị",
}
ANNEXES = ("Quy chế", "Quy định", "Điều lệ", "Quy trình", "Nội quy")  # "kèm theo Quyết định …"

# "NĐ - CP" is one code, "NĐ-CP - Quy định" and "QH15 - LUẬT" are a code and a title.
_CODE = r"[A-Za-zĐđ]+(?:\d+|\s-\s[A-ZĐ]{2}[A-Za-zĐđ]*)?(?:(?:-\s?|\s-)[A-Za-zĐđ]+\d*)*"
FULL_NUMBER = re.compile(rf"(\d{{1,5}})\s?/\s?(\d{{4}})\s?/\s?({_CODE})(?!\w)")
CONSOLIDATED = "Văn bản hợp nhất"  # a document of its own, whose number has no year
CONSOLIDATED_NUMBER = re.compile(r"\d{1,5}\s?/\s?VBHN\s?-\s?[A-Za-zĐđ]+(?!\w)", re.IGNORECASE)
YEAR_BEHIND = r"(?:\s+(?:năm\s+)?\d{4}(?!\w))"  # the name of a law
YEAR_NUMBER = re.compile(r"(\d{1,5})\s?/\s?(\d{4})(?![\d/])")

_KIND_CODES = {fold(code): kind for code, kind in ABBREVIATED_KINDS.items()}
_CODES_AS_WRITTEN = {"nd": "NĐ", "qd": "QĐ", "ttg": "TTg", "hdbt": "HĐBT", "ldtbxh": "LĐTBXH"}


def kind_of_number(number: str) -> str | None:
    """Return the kind a number tells ("137/2024/NĐ-CP": "Nghị định"); `None` if it does not.

    "20/2023/QH15" does not: the National Assembly numbers laws and resolutions alike.
    """
    if CONSOLIDATED_NUMBER.fullmatch(number):
        return CONSOLIDATED
    code = re.split(r"[/-]", number, maxsplit=2)
    if FULL_NUMBER.fullmatch(number) is None:
        return None
    return _KIND_CODES.get(fold(re.split(r"-", code[2])[0]))


def canonical_number(match: re.Match[str]) -> str:
    """Return a matched number as it is officially written: "137/2024/nd-cp" → "137/2024/NĐ-CP".

    Codes typed with a capital letter are kept as they are.
    """
    *digits, code = match.groups()
    code = re.sub(r"\s", "", code)
    if code == code.lower() or "d" in code.lower():
        parts = [_code(part) if part == part.lower() else part for part in code.split("-")]
        if parts[0] in ("ND", "QD"):  # capitals typed without marks
            parts[0] = _CODES_AS_WRITTEN[parts[0].lower()]
        code = "-".join(parts)
    return "/".join([*digits, code])


def _code(typed: str) -> str:
    """Return a code typed in small letters as it is written; a ministry's is "B" and its name."""
    bare = fold(typed)
    name = bare.removeprefix("b")
    if name not in _CODES_AS_WRITTEN:
        return typed.upper()
    return bare.removesuffix(name).upper() + _CODES_AS_WRITTEN[name]
