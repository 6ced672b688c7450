"""What changed between two texts of one document."""

from __future__ import annotations

import json

import pytest

from corpus.comparing import LISTED, SHOWN_CHARS, Change, Comparison, compare
from corpus.model import Metadata
from corpus.parsing import parse

FACTS = Metadata(number="999/2099/NĐ-CP", kind="Nghị định")
OLD = """\
Điều 1. Phạm vi
Về thả diều trong công viên.
Điều 2. Giờ thả diều
1. Gồm các giờ sau:
a) Được thả diều ở công viên từ 7 giờ đến 19 giờ;
b) Ban đêm.
2. Giữ khoảng cách.
Điều 3. Dây diều
1. Cấm dây kim loại.
2. Cấm dây thủy tinh.
"""


def compared(old: str, new: str) -> Comparison:
    return compare(parse(old, FACTS), parse(new, FACTS))


@pytest.mark.parametrize(
    "new", [OLD, OLD.replace("Về thả", "  Về \tthả"), OLD.replace("\nĐiều", "\n\n\nĐiều")]
)
def test_white_space_does_not_count(new: str) -> None:
    found = compared(OLD, new)
    assert found.same
    assert str(found) == "no provision changed (9 the same)"


def test_only_the_provision_whose_own_words_differ_is_named() -> None:
    found = compared(OLD, OLD.replace("19 giờ", "18 giờ"))
    assert found.changed == (
        Change(
            "dieu-2.khoan-1.diem-a",
            "điểm a khoản 1 Điều 2",
            "… 7 giờ đến 19 giờ;",
            "… 7 giờ đến 18 giờ;",
        ),
    )
    assert (found.appeared, found.vanished, found.unchanged) == ((), (), 8)
    assert not found.same


def test_words_that_differ_from_the_start_are_shown_from_the_start() -> None:
    (change,) = compared(OLD, OLD.replace("2. Giữ", "2. Không giữ")).changed
    assert (change.before, change.after) == ("2. Giữ khoảng cách.", "2. Không giữ khoảng cách.")


def test_words_added_at_the_end_are_shown() -> None:
    (change,) = compared(OLD, OLD.replace("công viên.", "công viên. Cả ở bãi biển.")).changed
    assert change.before.endswith("công viên.")
    assert change.after.endswith("công viên. Cả ở bãi biển.")


def test_of_what_appeared_or_vanished_only_the_top_is_named() -> None:
    gone = OLD.partition("Điều 3.")[0]
    vanished = compared(OLD, gone)
    assert [(one.id, one.name, one.after) for one in vanished.vanished] == [
        ("dieu-3", "Điều 3", "")
    ]
    assert vanished.vanished[0].before.startswith("Điều 3. Dây diều 1. Cấm dây kim loại.")
    assert vanished.unchanged == 6
    appeared = compared(gone, OLD)
    assert [(one.id, one.before, one.after) for one in appeared.appeared] == [
        ("dieu-3", "", vanished.vanished[0].before)
    ]
    assert (appeared.changed, appeared.vanished) == ((), ())


def test_long_words_are_cut_and_say_so() -> None:
    (change,) = compared(OLD, OLD.replace("Giữ", "Giữ yên" * 40)).changed
    assert change.after.endswith("…")
    assert len(change.after) <= SHOWN_CHARS + 2


@pytest.mark.parametrize("length", [SHOWN_CHARS, SHOWN_CHARS + 1])
def test_words_that_just_fit_are_whole(length: int) -> None:
    (change,) = compared(OLD, OLD + f"3. {'x' * (length - 3)}\n").appeared
    assert (change.after[-1] == "…") is (length > SHOWN_CHARS)


def test_what_people_do_not_cite_is_named_by_its_id() -> None:
    (change,) = compared(OLD + "Nơi nhận:\n- A\n", OLD + "Nơi nhận:\n- B\n").changed
    assert change.name == change.id


def test_changes_come_in_reading_order() -> None:
    found = compared(OLD, OLD.replace("Cấm", "Không cấm").replace("Về", "Quy định về"))
    assert [one.name for one in found.changed] == ["Điều 1", "khoản 1 Điều 3", "khoản 2 Điều 3"]


def test_the_printed_comparison_is_marked_as_diff_does() -> None:
    new = OLD.replace("2. Giữ", "2. Không giữ").replace("b) Ban đêm.\n", "")
    found = compared(OLD, new + "3. Cấm dây dù.\n")
    assert str(found).split("\n") == [
        "1 changed, 1 appeared, 1 vanished, 7 the same",
        "~ khoản 2 Điều 2: “2. Giữ khoảng cách.” → “2. Không giữ khoảng cách.”",
        "+ khoản 3 Điều 3: “3. Cấm dây dù.”",
        "- điểm b khoản 1 Điều 2: “b) Ban đêm.”",
    ]


@pytest.mark.parametrize("more", [0, 1, 5])
def test_the_printed_list_is_short_and_the_json_complete(more: int) -> None:
    first = "Điều 1. A\nLời.\n"
    rest = "".join(f"Điều {number}. B\nLời.\n" for number in range(2, LISTED + more + 2))
    found = compared(first, first + rest)
    lines = str(found).split("\n")
    assert sum(line.startswith("+ ") for line in lines) == LISTED
    assert ("more" in lines[-1]) is (more > 0)
    assert not more or lines[-1] == f"  … and {more} more (--json has all)"
    value = json.loads(json.dumps(found.to_json()))
    assert len(value["appeared"]) == LISTED + more
    assert value["appeared"][0] == {
        "id": "dieu-2",
        "name": "Điều 2",
        "before": "",
        "after": "Điều 2. B Lời.",
    }
