"""Broken programs and what is said of them: one file for each under ``tests/cases/<code>-<name>/``.

A case is a page that people can read. Its first block is the program: ``pol`` a policy (further ``pol file=…`` blocks are
files beside it), ``yaml`` or ``json`` facts for ``facts.pol``, ``python`` what is
asked of that policy in Python, ``csv`` and ``xlsx`` (a sheet 企业) the tables of a population for it, ``console`` a command (``hex`` a file of bytes), before which those of ``console git`` blocks are run. The blocks ``zh`` and ``en`` are what is printed.
``⟦3×甲⟧`` stands for 甲甲甲 and, in the name of a file, ``甲⟦3⟧`` for 甲1, 甲2 and 甲3, for what is too long to write; in what
is printed a line ``…`` stands for any lines, where a code is about how many there are. ``FAYAN_ACCEPT=1 pytest tests/test_cases.py`` writes the
present output into the cases and ``docs/problems.md`` anew from them; read the difference before you keep it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from fayan.checking import check
from fayan.errors import FayanError
from fayan.messages.mend import applied, mended
from fayan.messages.render import render
from fayan.policy import load
from fayan.problems.tables import GoneWith
from fayan.tables.read import read_tables
from fayan_dsl.problem import Applicability, Language, Problem
from fayan_dsl.source import Source
from tests.places import ROOT
from tests.problem_pages import CASES, CLASSES, DOCUMENT, ELSEWHERE, Case, document
from tests.test_docs import run

ACCEPT = bool(os.environ.get("FAYAN_ACCEPT"))
FACTS = load(ROOT / "tests" / "cases" / "facts.pol")
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def problems_of(text: str, name: str = "例.pol") -> list[Problem]:
    return check(Source(name, text)).problems


def printed(case: Case, folder: Path) -> dict[Language, str]:
    """What is printed of a case, in both languages."""
    put(case, folder)
    if case.kind == "console":
        for command in case.before:
            run(command)
        return {language: run(f"{case.program.strip()} --lang {language}") for language in LANGUAGES}
    if case.kind in ("yaml", "json", "python"):
        try:
            if case.kind == "python":
                exec(case.program, {"policy": FACTS})  # the cases are ours
            else:
                FACTS.read_facts(f"例.{case.kind}")
        except FayanError as error:
            return {language: render(error.problems, language) for language in LANGUAGES}
        raise AssertionError("these facts are not wrong")
    if case.kind in ("csv", "xlsx"):
        return tables(case)
    found = problems_of(case.files["例.pol"].decode())
    return {language: render(found, language) for language in LANGUAGES}


def tables(case: Case) -> dict[Language, str]:
    """What is said of tables as a whole, and of their rows. A row that goes with its enterprise is not told of where another is at fault."""
    staged, problems = read_tables(sorted({Path(name).parts[0] for name in case.files}), FACTS.program)
    said = {language: render(problems, language) for language in LANGUAGES}
    if staged is None:
        return said
    with staged:
        rejects = [each for each in staged.rejects() if (each["代码"] == GoneWith.code) == (case.code == GoneWith.code)]
    for code, zh, en in dict.fromkeys((each["代码"], each["事由"], each["reason"]) for each in rejects):
        same = [each for each in rejects if each["事由"] == zh]
        places = [f"{each['文件']}:{each['行']}{' › ' + each['列'] if each['列'] else ''}" for each in same]
        listed = "".join(f"  --> {place}\n" for place in places)
        said["zh"] += f"错误 {code} {zh}\n{listed}"
        said["en"] += f"error {code} {en}\n{listed}"
    return said


def put(case: Case, folder: Path) -> None:
    for name, data in case.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.path.parent.name}/{case.path.stem}")
def test_what_is_said(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("policies", "examples"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    found = printed(case, tmp_path)
    if ACCEPT:
        case.accept(found)
    assert case.says(found)
    assert "…\n" not in case.expected["zh"].splitlines(True) or case.code in ("FY1024", "FY7109")
    told = re.findall(r"^(错误|警告|提示) (FY\d{4}) ", case.expected["zh"], re.MULTILINE)
    codes = [code for tone, code in told if tone != "提示"] or [code for _, code in told]
    assert codes == [case.code], "one cause, one message"


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case.kind == "pol"],
    ids=lambda case: case.path.parent.name,
)
def test_a_fix_mends_what_it_is_for(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fix makes its problem go away, and one that is safe leaves nothing of its kind; none says the opposite."""
    monkeypatch.chdir(tmp_path)
    put(case, tmp_path)
    text = case.files["例.pol"].decode()
    for problem in problems_of(text):
        for fix in problem.fixes:
            after = problems_of(applied(text, fix.edits))
            assert problem.title() not in [other.title() for other in after]
            for edit in fix.edits:
                old = text[edit.span.start : edit.span.end]
                assert not re.search("[不未非没]", old) or re.search("[不未非没]", edit.text) or not edit.text.strip()
    safe = [fix for problem in problems_of(text) for fix in problem.fixes if fix.applicability is Applicability.SAFE]
    new, count = mended(text, problems_of)
    assert (count > 0) == bool(safe) and (new != text) == bool(safe)


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.right], ids=lambda case: f"{case.path.parent.name}/{case.path.stem}"
)
def test_what_is_shown_as_right_is_right(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Written as the page shows, it is no longer told, nor anything else that is an error of how it is written or meant."""
    monkeypatch.chdir(tmp_path)
    put(case, tmp_path)
    before = {problem.code for problem in problems_of(case.files["例.pol"].decode())}
    after = [problem for problem in problems_of(case.mended) if problem.code not in before - {case.code}]
    assert [problem.title() for problem in after if problem.code[2] in "12345" or problem.code == case.code] == []


def test_every_problem_has_a_case() -> None:
    assert {case.code for case in CASES} == {cls.code for cls in CLASSES} - set(ELSEWHERE)
    assert len(CASES) >= 120
    for code, (_, test) in ELSEWHERE.items():
        file, _, name = test.partition("::")
        _, found, body = (ROOT / file).read_text("utf-8").partition(f"def {name}(")
        assert found and code in body.partition("\ndef ")[0], test
    for case in CASES:
        (cls,) = [cls for cls in CLASSES if cls.code == case.code]
        assert case.path.parent.name == f"{cls.code}-{cls.name}"


def test_codes_and_names_are_given_once() -> None:
    assert len({cls.code for cls in CLASSES}) == len({cls.name for cls in CLASSES}) == len(CLASSES)


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.code)
def test_both_languages_say_the_same_fields(cls: type[Problem]) -> None:
    def words(text: str) -> set[str]:
        return set(re.findall(r"\{(\w+)\}", text))

    assert cls.zh and cls.en
    assert bool(cls.help_zh) == bool(cls.help_en) and bool(cls.about_zh) == bool(cls.about_en)
    assert words(cls.zh) | words(cls.help_zh) == words(cls.en) | words(cls.help_en)


def test_the_pages_are_current() -> None:
    text = document()
    if ACCEPT:
        DOCUMENT.write_text(text, "utf-8")
    assert DOCUMENT.read_text("utf-8") == text
