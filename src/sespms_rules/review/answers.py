"""The answers of an agency, in a file beside its policy: read with distrust, written by the tool alone.

`NAME.answers.toml` stands beside `NAME.sespms`. It is text that people can read and version; whatever it says is
checked before it counts, for anyone can have changed it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from sespms_rules.foundation.files_read import note_read, opened_regular
from sespms_rules.foundation.request import RequestError
from sespms_rules.foundation.toml_text import TomlError, toml_values
from sespms_rules.foundation.values import Frozen
from sespms_rules.reports.findings import json_text

SCHEMA: Final = "sespms-answers/1"
LONGEST_REASON: Final = 2_000
MOST_BYTES: Final = 2_000_000
_FINGERPRINT = re.compile(r"[0-9a-f]{16}", re.ASCII)
_BY = re.compile(r"[^\x00-\x1f\x7f-\x9f\u2028\u2029]{1,200}")
_HEAD: Final = """# Answers to what a reading for submission found and to questions of the law, kept by `sespms answer`;
# an answer counts only while its finding and the words it speaks of stay as they are.
"""


class AnswersError(RequestError):
    """Answers that cannot be read or given: one plain sentence that says why, and what to do."""


class AnswerKind(StrEnum):
    """What an answer is: it gives the reason, or it says that the finding is wrong."""

    ANSWER = "answer"
    DISPUTE = "dispute"


class Answer(Frozen):
    """What was answered: why, by whom (an opaque id) and when; what was found then, in which words of the policy."""

    finding: str
    kind: AnswerKind
    reason: str
    by: str
    date: datetime.date
    code: str
    says: str
    words: str


def answers_path(policy: str | Path) -> Path:
    """Where the answers to what is found in a policy are kept."""
    return Path(policy).with_suffix(".answers.toml")


def read_answers(path: Path) -> tuple[Answer, ...]:
    """The answers in a file; none where there is no file. Raises AnswersError for one that cannot count."""
    held = held_answers(path)
    return () if held is None else answers_in(held, str(path))


def held_answers(path: Path) -> bytes | None:
    """The bytes of a file of answers, one more than are read where it is too large; None where there is no file.

    Raises AnswersError for a file that cannot be read.
    """
    try:
        note_read(path)
        with opened_regular(path) as file:
            return file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as problem:
        raise AnswersError(f"the answers `{path}` cannot be read: {(problem.strerror or '').lower()}") from None


def answers_in(held: bytes, name: str) -> tuple[Answer, ...]:
    """The answers in the bytes of a file; `name` is what the user calls it. Raises AnswersError as `read_answers`."""
    if len(held) > MOST_BYTES:
        raise AnswersError(f"the answers `{name}` are larger than {MOST_BYTES:,} bytes; no reading asks for so many")
    try:
        data = toml_values(held.decode())
    except UnicodeDecodeError:
        raise AnswersError(f"the answers `{name}` are no text in UTF-8") from None
    except TomlError as problem:
        raise AnswersError(f"the file of answers `{name}` is {problem}") from None
    if data.get("schema") != SCHEMA:
        raise AnswersError(f'`{name}` does not begin with `schema = "{SCHEMA}"`, so it holds no answers of this kind')
    listed = data.get("answer", [])
    if set(data) - {"schema", "answer"} or not isinstance(listed, list):
        raise AnswersError(f"`{name}` holds more than answers; give them with `sespms answer`, which writes the file")
    read = tuple(_answer(each, name, number) for number, each in enumerate(listed, 1))
    known: set[str] = set()
    for each in read:
        if each.finding in known:
            raise AnswersError(f"`{name}` answers `{each.finding}` twice; leave one of the two")
        known.add(each.finding)
    return read


def _answer(data: Any, name: str, number: int) -> Answer:
    where = f"answer {number} of `{name}`"
    if not isinstance(data, dict) or set(data) != set(Answer._fields):
        lacks = listed_fields(data)
        raise AnswersError(f"{where} does not have just {lacks}; give it again with `sespms answer`")
    for key in ("finding", "kind", "reason", "by", "code", "says", "words"):
        if not isinstance(data[key], str):
            raise AnswersError(f"`{key}` in {where} is no text")
    if not _FINGERPRINT.fullmatch(data["finding"]):
        raise AnswersError(f"`finding` in {where} is no fingerprint, which has 16 digits 0 to 9 and a to f")
    if data["kind"] not in tuple(AnswerKind):
        raise AnswersError(f"`kind` in {where} is `{data['kind']}`; it is `answer` or `dispute`")
    if type(data["date"]) is not datetime.date:
        raise AnswersError(f"`date` in {where} is no day such as 2026-11-29")
    return Answer(
        **(data | {"kind": AnswerKind(data["kind"]), "reason": reason_of(data["reason"]), "by": _by(data["by"])})
    )


def listed_fields(data: Any) -> str:
    """The fields of an answer in words, with those that are missing or too many."""
    given = set(data) if isinstance(data, dict) else set[str]()
    odd = sorted(set(Answer._fields) ^ given)
    return f"the {len(Answer._fields)} fields of an answer (see {', '.join(f'`{each}`' for each in odd[:3])})"


def reason_of(text: str) -> str:
    """A reason as it is kept: one line. Raises AnswersError for one that says nothing or is too long."""
    reason = " ".join(text.split())
    if sum(letter.isalpha() for letter in reason) < 3:
        raise AnswersError(f"`{reason}` gives no reason; say in words why, so that a reviewer can stand on it")
    if len(reason) > LONGEST_REASON:
        raise AnswersError(f"a reason has at most {LONGEST_REASON:,} letters, and this one has {len(reason):,}")
    return reason


def _by(text: str) -> str:
    if not _BY.fullmatch(text):
        raise AnswersError("whoever answered is named by one line of at most 200 letters")
    return text


def written_answers(answers: Iterable[Answer]) -> str:
    """The text of the file that keeps these answers; `read_answers` reads just them."""
    tables = [_HEAD + f"schema = {_quoted(SCHEMA)}\n"]
    for each in sorted(answers, key=lambda one: (one.code, one.finding)):
        fields = {name: getattr(each, name) for name in Answer._fields}
        lines = (f"{name} = {said if name == 'date' else _quoted(said)}" for name, said in fields.items())
        tables.append("[[answer]]\n" + "\n".join(lines) + "\n")
    return "\n".join(tables)


def _quoted(text: str) -> str:
    """A basic string of TOML: JSON escapes what TOML has escaped, in the same way."""
    return json_text(str(text))
