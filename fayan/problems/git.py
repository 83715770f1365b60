"""What can be wrong with a revision of a repository."""

from __future__ import annotations

from fayan_dsl.problem import Problem, Term


class NoGit(Problem):
    code = "FY7841"
    name = "no-git"
    zh = "这台机器上找不到 git"
    en = "git is not found on this machine"
    help_zh = "装好 git；或者把两版各存成一个文件，写 fayan diff 旧版.pol 新版.pol。"
    help_en = "Install git, or save each version as a file and write fayan diff OLD.pol NEW.pol."


class NoRepository(Problem):
    """Git knows no repository there, or does not trust it."""

    code = "FY7842"
    name = "no-repository"
    zh = "文件「{path}」所在的地方不是 git 仓库{reason}"
    en = "the file “{path}” is not in a git repository{reason}"
    help_zh = "在仓库里运行；不在仓库里的两版，写 fayan diff 旧版.pol 新版.pol。"
    help_en = "Run it in a repository; for versions outside of one write fayan diff OLD.pol NEW.pol."

    path: str
    reason: Term


class NoSuchRevision(Problem):
    code = "FY7843"
    name = "no-such-revision"
    zh = "仓库里没有版本「{given}」"
    en = "the repository has no revision “{given}”"
    help_zh = "版本写分支、标签或提交，如 main、HEAD~1；要比较两个版本，分开写：--git HEAD~2 HEAD 文件。"
    help_en = (
        "Give a branch, tag or commit, as in main or HEAD~1; two revisions are written apart: --git HEAD~2 HEAD FILE."
    )

    given: str


class NotAtRevision(Problem):
    """The file was not there yet, lay elsewhere, or is a link."""

    code = "FY7844"
    name = "not-at-revision"
    zh = "版本 {revision} 里没有文件「{path}」"
    en = "revision {revision} has no file “{path}”"
    help_zh = "请核对路径；文件当时可能还没有，或者在别的地方。{elsewhere}"
    help_en = "Check the path; the file may not have been there yet, or lay elsewhere.{elsewhere}"

    path: str
    revision: str
    elsewhere: Term


class NoFileOnOneSide(Problem):
    """What git gives a difftool instead of a file that one of two versions does not have."""

    code = "FY7845"
    name = "no-file-on-one-side"
    zh = "{said}，没有两版可以比较"
    en = "{said}: there are no two versions to compare"
    help_zh = "只是改了名的，用 fayan diff --git 版本 文件，按两个名称都找得到；只看一版，用 fayan explain。"
    help_en = "A file that was renamed is found by fayan diff --git REV FILE under either name; fayan explain tells one version."

    said: Term
