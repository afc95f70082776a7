"""讲稿: checks drafts of Chinese official speeches.

What is found is what `jianggao check --format json` finds, and has the same form: lines and characters are counted from
0, a character is one of the string. Nothing is read but what is given, and nothing is written. The lock of the
interpreter is released while a draft is read, so threads check drafts at the same time.

What cannot be checked (no Chinese prose, a mistake in the settings) raises `ValueError`.
"""

import json
from typing import Literal, Optional, TypedDict

from . import _jianggao
from ._jianggao import __version__

__all__ = [
    "Category", "CheckedFile", "Diagnostic", "Edit", "Fix", "FixedFile", "OutlinedFile", "Position", "Range", "Related",
    "Severity", "Summary", "Symbol", "__version__", "check", "fix", "outline", "text_of_docx",
]  # fmt: skip

Severity = Literal["error", "warning", "information", "hint"]


class Position(TypedDict):
    line: int
    character: int


class Range(TypedDict):
    start: Position
    end: Position


class Edit(TypedDict):
    range: Range
    newText: str


class Fix(TypedDict):
    title: str
    grade: Literal["certain", "offered", "style"]
    edits: list[Edit]


class Related(TypedDict):
    message: str
    range: Range


class Diagnostic(TypedDict):
    code: str
    severity: Severity
    message: str
    range: Range
    related: list[Related]
    fix: Optional[Fix]


class Category(TypedDict):
    category: str
    count: int


class Summary(TypedDict):
    error: int
    warning: int
    information: int
    hint: int
    placeholders: list[Category]


class CheckedFile(TypedDict):
    path: str
    encoding: str
    official: bool
    diagnostics: list[Diagnostic]
    summary: Summary


class Symbol(TypedDict):
    name: str
    detail: str
    kind: str
    level: int
    marker: str
    ordinal: Optional[int]
    range: Range
    selectionRange: Range
    children: list["Symbol"]


class OutlinedFile(TypedDict):
    path: str
    encoding: str
    symbols: list[Symbol]


class FixedFile(TypedDict):
    path: str
    text: str
    edits: list[Edit]


def check(text: str, *, path: str = "<text>", settings: str = "", language: str = "zh-Hans") -> CheckedFile:
    """What is found in a draft. A `path` that ends with `.md` makes it Markdown; `settings` is the text of a
    `jianggao.toml`; `language` is that of the messages: `zh-Hans`, `zh-Hant` or `en`."""
    return json.loads(_jianggao.check(text, path, settings, language))


def outline(text: str, *, path: str = "<text>", settings: str = "", language: str = "zh-Hans") -> OutlinedFile:
    """The sections of a draft and what they hold."""
    return json.loads(_jianggao.outline(text, path, settings, language))


def fix(
    text: str, *, style: bool = False, path: str = "<text>", settings: str = "", language: str = "zh-Hans"
) -> FixedFile:
    """The draft with the certain corrections made, and with those of form where `style` asks for them. The places of the
    edits are those of the draft as it was."""
    return json.loads(_jianggao.fix(text, path, settings, language, style))


def text_of_docx(document: bytes, *, language: str = "zh-Hans") -> str:
    """What Word shows of a document: automatic numbers, footnotes, headers."""
    return _jianggao.text_of_docx(document, language)
