"""Old Word files (.doc) and RTF.

Our own reader (`word97`) takes the text, tables included. What it cannot take (older Word, RTF,
numbers that Word writes by itself) goes through LibreOffice or catdoc, whichever is installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from corpus.errors import TextError
from corpus.readers import limits
from corpus.readers.content import Content, squeeze
from corpus.readers.docx import read_docx
from corpus.readers.encodings import untangle
from corpus.readers.word97 import UnusualWordError, read_word97

SECONDS = 100  # below limits.SILENCE, so that the message can name the program
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_WORD = "WordDocument".encode("utf-16-le")
NO_NUMBERS = (
    "Word numbers some paragraphs by itself and these numbers were not read: "
    "install LibreOffice, or save the file as .docx"
)


def read_doc(path: Path, data: bytes, name: str, *, kind: str) -> Content:
    """Read a .doc or, with `kind` "rtf", a rich text file.

    Raises:
        TextError: It has a password, is another kind of file, or no program can read it.
    """
    # A damaged container still shows what it held; its list of streams is in UTF-16.
    if kind == "doc" and _LOCKED in data:
        raise TextError(f"{name} is protected by a password; remove it and try again")
    if kind == "doc" and _WORD not in data:
        raise TextError(f"{name} is an old Office file, but not a Word document")
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if kind == "doc":
        try:
            content, numbered = read_word97(data, name)
        except UnusualWordError:
            pass  # one of the programs may still know it
        else:
            if not numbered:
                return content
            if office is None:
                return Content(content.text, "doc", content.encoding, notes=(NO_NUMBERS,))
    if office is not None:
        return _by_libreoffice(office, path, name, kind)
    if shutil.which("catdoc"):
        return _by_catdoc(path, name, kind)
    raise TextError(
        f"{name} is a .{kind} file that LibreOffice or catdoc reads; install one "
        "(apt-get install catdoc) or save the file as .docx"
    )


def _by_libreoffice(program: str, path: Path, name: str, kind: str) -> Content:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, f"source.{kind}")  # a name of ours: the given one may be hostile
        shutil.copyfile(path, source)
        profile = Path(folder, "profile").as_uri()
        _run(
            [
                program, "--headless", "--norestore", f"-env:UserInstallation={profile}",
                "--convert-to", "docx", "--outdir", folder, str(source),
            ],
            name,
        )  # fmt: skip
        made = source.with_suffix(".docx")
        if not made.exists():
            raise TextError(f"LibreOffice could not read {name}; is it damaged or protected?")
        content = read_docx(made, name)
        return Content(content.text, kind, content.encoding)


def _by_catdoc(path: Path, name: str, kind: str) -> Content:
    # -w: no line wrapping, one line a paragraph.
    written = _run(["catdoc", "-d", "utf-8", "-w", str(path.resolve())], name)
    text = written.decode("utf-8", "replace")
    if "File is encrypted" in text[:2000]:
        raise TextError(f"{name} is protected by a password; remove it and try again")
    lines = text.replace("\r", "\n").replace("\t", " ")
    found, hidden = untangle(squeeze("".join(c for c in lines if c == "\n" or c >= " ")))
    return Content(found, kind, hidden if hidden != "utf-8" else "")


def _run(command: list[str], name: str) -> bytes:
    """Return what a program writes, within the limits."""
    program = Path(command[0]).name
    with tempfile.TemporaryFile() as out:
        try:
            done = subprocess.run(  # noqa: S603 - our own arguments, no shell
                command,
                stdout=out,
                stderr=subprocess.DEVNULL,
                stdin=subprocess.DEVNULL,
                timeout=SECONDS,
                env={**os.environ, "LC_ALL": "C.UTF-8"},
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise TextError(f"{program} needed more than {SECONDS} s for {name}") from None
        if done.returncode:
            raise TextError(
                f"{program} could not read {name} (exit code {done.returncode}); is it damaged?"
            )
        out.seek(0)
        written = out.read(limits.MAX_UNPACKED + 1)
    if len(written) > limits.MAX_UNPACKED:
        raise TextError(f"{name} gives more than {limits.MAX_UNPACKED // 2**20} MB of text")
    return written
