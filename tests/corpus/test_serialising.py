"""Documents as the documented JSON."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from corpus.model import Metadata, Status
from corpus.parsing import parse
from corpus.serialising import document_to_json, metadata_to_json, provision_to_json

FACTS = Metadata(
    number="999/2099/NĐ-CP",
    kind="Nghị định",
    issued=date(2099, 2, 1),
    status=Status.PARTLY_IN_FORCE,
    amended_by=("1000/2099/NĐ-CP",),
)
TEXT = "Số: 999/2099/NĐ-CP\nĐiều 1. Giờ\n1. Gồm:\nđ) không;\na) Sáng.\n\n...\nĐiều 5. Dây\nLời.\n"
DOCUMENT = parse(TEXT, FACTS)


def joined(node: dict[str, Any]) -> str:
    return str(node.get("text", "")) + "".join(map(joined, node["children"]))


def test_own_texts_join_to_the_text_and_the_json_can_be_written() -> None:
    value = document_to_json(DOCUMENT)
    assert joined(value) == TEXT
    assert json.loads(json.dumps(value))["id"] == "999-2099-nd-cp"


def test_every_node_has_the_documented_members_only() -> None:
    def visit(node: dict[str, Any]) -> list[str]:
        assert list(node) == ["level", "label", "heading", "text", "id", "children"]
        return [node["id"], *(name for child in node["children"] for name in visit(child))]

    found = [name for child in document_to_json(DOCUMENT)["children"] for name in visit(child)]
    assert found == list(DOCUMENT.by_id)


def test_a_provision_is_written_with_all_below_it() -> None:
    assert provision_to_json(DOCUMENT, DOCUMENT.by_id["dieu-1.khoan-1"]) == {
        "level": "clause",
        "label": "1",
        "heading": "",
        "text": "1. Gồm:\nđ) không;\n",
        "id": "dieu-1.khoan-1",
        "children": [
            {
                "level": "point",
                "label": "a",
                "heading": "",
                "text": "a) Sáng.\n\n",
                "id": "dieu-1.khoan-1.diem-a",
                "children": [],
            }
        ],
    }


def test_facts_are_written_as_people_read_them_and_unknown_ones_as_unknown() -> None:
    value = json.loads(json.dumps(metadata_to_json(FACTS)))
    assert (value["issued"], value["status"]) == ("2099-02-01", "hết hiệu lực một phần")
    assert (value["amended_by"], value["effective"], value["title"]) == (
        ["1000/2099/NĐ-CP"],
        None,
        "",
    )
