"""``fayan diff --git`` and the set-up of docs/git.md, with real git in a repository of our own."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from fayan.cli import main
from fayan.errors import FayanError
from fayan.versions import diff_revisions
from tests.real_git import ROOT, commit, environment, git, repository

HEAD = """政策 某区奖励办法
    文号 某府发〔2024〕1号
    发文机关 某区人民政府
    成文日期 2024年1月1日

"""
POLICY = (
    HEAD
    + """措施 1 奖励增收
｜年度收入达到{line}的企业给予5万元奖励。
    奖励 增收奖励
        须 收入 达到 {line}
        金额 5万元
        由 区财政局
责任单位 区财政局

附 事实

事实 企业
    收入 金额
"""
)
#: What the line is, another document says.
REFERRING = (
    HEAD
    + """措施 1 奖励增收
｜年度收入达到标准的企业给予5万元奖励。
    引用 标准〔2011〕1号
        取用 起奖线
    奖励 增收奖励
        须 收入 达到 起奖线
        金额 5万元
        由 区财政局
责任单位 区财政局

附 事实

事实 企业
    收入 金额
"""
)
STANDARD = """政策 标准
    文号 标准〔2011〕1号
    发文机关 某部
    成文日期 2011年6月18日
    原文未录 某处

定义 起奖线 指 {line}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    work = tmp_path / "仓库"
    work.mkdir()
    for name, value in environment(work).items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(work)
    repository(work)
    return work


def policy(line: str) -> str:
    return POLICY.format(line=line)


def verdicts(file: str, old: str, new: str | None = None) -> list[tuple[str, str]]:
    return [(each.who, each.how_much) for each in diff_revisions(file, old, new).comparison.verdicts]


def test_a_revision_against_the_file_on_disk_and_two_revisions(folder: Path) -> None:
    """100万, then 80万, on disk 120万: wider, then narrower."""
    commit(folder, 政策__甲=policy("100万元"))
    commit(folder, 政策__甲=policy("80万元"))
    (folder / "政策/甲.pol").write_text(policy("120万元"), "utf-8")
    assert verdicts("政策/甲.pol", "HEAD~1", "HEAD") == [("wider", "same")]
    assert verdicts("政策/甲.pol", "HEAD") == [("narrower", "same")]
    assert verdicts("政策/甲.pol", "main", "main") == [("same", "same")]


def test_from_a_folder_below_the_top(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(folder, 政策__甲=policy("100万元"))
    monkeypatch.chdir(folder / "政策")
    Path("甲.pol").write_text(policy("80万元"), "utf-8")
    assert verdicts("甲.pol", "HEAD") == [("wider", "same")]
    assert verdicts("../政策/甲.pol", "HEAD") == [("wider", "same")]


def test_what_is_gone_from_the_disk_is_still_in_the_repository(folder: Path) -> None:
    commit(folder, 政策__甲=policy("100万元"))
    commit(folder, 政策__甲=policy("80万元"))
    git(folder, "rm", "-q", "-r", "政策")
    assert not (folder / "政策").exists()
    assert verdicts("政策/甲.pol", "HEAD~1", "HEAD") == [("wider", "same")]


@pytest.mark.parametrize("place", ["upstream__", "", "政策__upstream__"])
def test_what_it_refers_to_is_taken_from_the_same_revision(folder: Path, place: str) -> None:
    """The policy stays as it is; the line of the document it refers to falls from 100万 to 80万, on disk to 60万."""
    own = "政策__甲" if place.startswith("政策") else "甲"
    commit(folder, **{own: REFERRING, f"{place}标准": STANDARD.format(line="100万元")})
    commit(folder, **{f"{place}标准": STANDARD.format(line="80万元")})
    (folder / f"{place.replace('__', '/')}标准.pol").write_text(STANDARD.format(line="60万元"), "utf-8")
    file = f"{own.replace('__', '/')}.pol"
    shows = {each.shows: each for each in diff_revisions(file, "HEAD~1", "HEAD").comparison.verdicts[0].witnesses}
    assert 800_000 <= shows["gains"].facts["企业"]["收入"] < 1_000_000  # type: ignore[operator]
    shows = {each.shows: each for each in diff_revisions(file, "HEAD").comparison.verdicts[0].witnesses}
    assert 600_000 <= shows["gains"].facts["企业"]["收入"] < 800_000  # type: ignore[operator]


def test_the_page_says_which_revisions(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit(folder, 甲=policy("100万元"))
    commit(folder, 甲=policy("80万元"))
    short = git(folder, "rev-parse", "HEAD~1")[:10]
    assert main(["diff", "--git", "HEAD~1", "甲.pol", "--exit-code"]) == 1
    page = capsys.readouterr().out.replace("\n    ", "")
    assert f"旧版　某府发〔2024〕1号，2024年1月1日，HEAD~1 {short}" in page
    assert "新版　某府发〔2024〕1号，2024年1月1日，甲.pol" in page
    assert main(["diff", "--git", "HEAD", "甲.pol", "--exit-code"]) == 0


def test_errors_in_a_revision_are_told_with_its_name(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit(folder, 甲=policy("100万元").replace("收入 达到", "收人 达到"))
    (folder / "甲.pol").write_text(policy("100万元"), "utf-8")
    assert main(["diff", "--git", "HEAD", "甲.pol"]) == 1
    said = capsys.readouterr().err
    assert "FY2001" in said and "--> HEAD:甲.pol:9:" in said


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["没有这个分支", "甲.pol"], "FY7843"),
        (["HEAD~9", "甲.pol"], "FY7843"),
        (["HEAD..HEAD", "甲.pol"], "FY7843"),
        (["HEAD:甲.pol", "甲.pol"], "FY7843"),
        (["HEAD", "乙.pol"], "FY7844"),
        (["HEAD", "链接.pol"], "FY7844"),
        (["HEAD", "甲.pol/下.pol"], "FY7844"),
        (["HEAD", "../外.pol"], "FY7842"),
        (["甲.pol"], "FY7811"),
        (["HEAD", "HEAD", "HEAD", "甲.pol"], "FY7811"),
    ],
)
def test_what_is_not_there_is_said(
    folder: Path, arguments: list[str], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "链接.pol").symlink_to("甲.pol")
    git(folder, "add", "链接.pol")
    commit(folder, 甲=policy("100万元"))
    assert main(["diff", "--git", *arguments, "--format", "json"]) == 2
    told = json.loads(capsys.readouterr().out)
    assert [each["code"] for each in told["problems"]] == [code]


def test_a_file_that_lay_elsewhere_is_pointed_at(folder: Path) -> None:
    """What git does not take for a rename, such as a copy not yet added, is not guessed."""
    commit(folder, 旧处__甲=policy("100万元"))
    (folder / "甲.pol").write_text(policy("80万元"), "utf-8")
    with pytest.raises(FayanError, match=r"当时在 旧处/甲\.pol"):
        diff_revisions("甲.pol", "HEAD")


def test_a_file_renamed_in_between_is_found_by_either_name(folder: Path) -> None:
    """100万 in 草案/一稿.pol, 90万 as 草案/二稿.pol, 80万 as 甲.pol: from the first to the last, wider."""
    commit(folder, 草案__一稿=policy("100万元"))
    git(folder, "mv", "草案/一稿.pol", "草案/二稿.pol")
    commit(folder, 草案__二稿=policy("90万元"))
    git(folder, "mv", "草案/二稿.pol", "甲.pol")
    assert verdicts("甲.pol", "HEAD~1") == [("wider", "same")]  # renamed and not yet committed
    commit(folder, 甲=policy("80万元"))
    for old, new, file in (
        ("HEAD~2", "HEAD", "甲.pol"),
        ("HEAD~2", "HEAD", "草案/一稿.pol"),
        ("HEAD~1", "HEAD", "草案/二稿.pol"),
        ("HEAD~2", None, "甲.pol"),
    ):
        found = diff_revisions(file, old, new)
        assert [(each.who, each.how_much) for each in found.comparison.verdicts] == [("wider", "same")]
    page = diff_revisions("甲.pol", "HEAD~2", "HEAD").to_text().replace("\n    ", "")
    assert "草案/一稿.pol" in page.split("新版　")[0] and "甲.pol" in page.split("新版　")[1].split("【")[0]


def test_a_file_renamed_and_rewritten_step_by_step(folder: Path) -> None:
    """Each step keeps most of the file, the first and the last have little in common."""
    old, new = [f"# 甲{n}\n" for n in range(60)], [f"# 乙{n}\n" for n in range(60)]
    commit(folder, 一="".join(old) + policy("100万元"))
    git(folder, "mv", "一.pol", "二.pol")
    commit(folder, 二="".join(old[:30] + new[:30]) + policy("100万元"))
    git(folder, "mv", "二.pol", "三.pol")
    commit(folder, 三="".join(new) + policy("80万元"))
    assert verdicts("三.pol", "HEAD~2", "HEAD") == [("wider", "same")]


def test_in_a_hook(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git tells its hooks where its own files are, from the top of the repository."""
    commit(folder, 政策__甲=policy("100万元"))
    (folder / "政策/甲.pol").write_text(policy("80万元"), "utf-8")
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    assert verdicts("政策/甲.pol", "HEAD") == [("wider", "same")]


@pytest.mark.parametrize("revision", ["HEAD\0", "", " ", "-h", "--all", "^HEAD", "@{9}", "HEAD^{tree}", "'; rm -rf"])
def test_no_name_is_a_command(folder: Path, revision: str) -> None:
    commit(folder, 甲=policy("100万元"))
    with pytest.raises(FayanError, match="FY7843"):
        diff_revisions("甲.pol", revision)


def test_without_git(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(folder, 甲=policy("100万元"))
    monkeypatch.setenv("PATH", str(folder))
    with pytest.raises(FayanError, match="FY7841"):
        diff_revisions("甲.pol", "HEAD")


# ---------------------------------------------------------------- set-up in git itself
TEXTCONV = (
    'f() { fayan explain --format lines "$1" 2>/dev/null || { echo "法言读不了，照原样比较：$1" >&2; cat "$1"; }; }; f'
)


def test_git_diff_in_words(folder: Path) -> None:
    """Layout, comments and line numbers are no change; a changed figure is one, in the words of the policy and of the rule."""
    (folder / ".gitattributes").write_text("*.pol diff=fayan\n", "utf-8")
    git(folder, "config", "diff.fayan.textconv", TEXTCONV)
    git(folder, "config", "diff.fayan.xfuncname", "^([0-9]+[.] .*)$")
    commit(folder, 甲=policy("100万元"))
    (folder / "甲.pol").write_text(
        "# 注\n" + policy("100万元").replace("        金额 5万元", "        金额   5万元"), "utf-8"
    )
    assert git(folder, "diff") == ""
    (folder / "甲.pol").write_text("# 注\n" + policy("80万元"), "utf-8")
    changed = [
        line for line in git(folder, "diff", "-U0").splitlines() if line[:1] in "+-@" and line[:3] not in ("+++", "---")
    ]
    assert changed == [
        "@@ -8 +8 @@ 1. 奖励增收",
        "-年度收入达到100万元的企业给予5万元奖励。",
        "+年度收入达到80万元的企业给予5万元奖励。",
        "@@ -11 +11 @@ 1. 奖励增收",
        "-增收奖励 条件：收入达到100万元",
        "+增收奖励 条件：收入达到80万元",
    ]
    (folder / "甲.pol").write_text("写坏了\n", "utf-8")
    broken = git(folder, "diff")
    assert (
        "+写坏了" in broken and "法言读不了，照原样比较：" in broken
    )  # what cannot be read is shown as it is, and that is said


def test_the_whole_policy_in_words(folder: Path) -> None:
    """The reference policy is read, not shown as it is: a figure of 增速过线 that changes is a line of the definition, under its reading."""
    (folder / ".gitattributes").write_text("*.pol diff=fayan\n", "utf-8")
    git(folder, "config", "diff.fayan.textconv", TEXTCONV)
    text = (ROOT / "policies" / "yubei_2024.pol").read_text("utf-8")
    (folder / "甲.pol").write_text(text, "utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "一")
    (folder / "甲.pol").write_text(
        text.replace("        a 增速（某指标，某年） 超过 20%", "        a 增速（某指标，某年） 超过 15%"), "utf-8"
    )
    told = git(folder, "diff", "-U0")
    line = "“增速过线（某指标，某年）”，按口径分别是指： R3.2 a（现用）：某年某指标增速超过"
    assert f"-{line}20%" in told and f"+{line}15%" in told
    assert "法言读不了" not in told


def test_the_difftool(folder: Path) -> None:
    git(folder, "config", "difftool.fayan.cmd", 'fayan diff --library upstream "$LOCAL" "$REMOTE"')
    commit(folder, 甲=REFERRING, upstream__标准=STANDARD.format(line="100万元"))
    (folder / "甲.pol").write_text(REFERRING.replace("5万元", "6万元"), "utf-8")
    page = git(folder, "difftool", "--no-prompt", "--tool", "fayan")
    assert "第1条 增收奖励：数额有增无减" in page


def test_a_file_that_one_side_does_not_have(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Git gives the null device instead of it."""
    (folder / "甲.pol").write_text(POLICY.format(line="100万元"), "utf-8")
    for versions, said in (
        (["甲.pol", os.devnull], "新版没有这个文件（整份删去）"),
        ([os.devnull, "甲.pol"], "旧版没有这个文件（整份新增）"),
    ):
        assert main(["diff", *(each if each == os.devnull else str(folder / each) for each in versions)]) == 2
        assert said in capsys.readouterr().err
    assert main(["diff", str(folder / "甲.pol"), ""]) == 2
    assert "没有写是哪个文件" in capsys.readouterr().err
