"""What holds for the repository as a whole: who imports whom, what is loaded when, types, format, and what a wheel holds."""

from __future__ import annotations

import ast
import gc
import importlib
import pkgutil
import re
import string
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.places import ROOT

PACKAGES = {
    "fayan_dsl": ROOT / "dsl/fayan_dsl",
    "fayan_compiler": ROOT / "compiler/fayan_compiler",
    "fayan_runtime": ROOT / "runtime/fayan_runtime",
    "fayan": ROOT / "fayan",
}
#: package → the others of ours it may import.
MAY_IMPORT = {
    "fayan_dsl": set[str](),
    "fayan_runtime": set[str](),
    "fayan_compiler": {"fayan_dsl", "fayan_runtime"},
    "fayan": {"fayan_dsl", "fayan_runtime", "fayan_compiler"},
}
#: guest → the packages or modules that may import it.
HOSTS = {
    "lark": {"fayan_dsl.tables"},
    "jinja2": {"fayan_runtime.explain"},
    "yaml": {"fayan.facts_file"},
    "duckdb": {"fayan.tables", "fayan.population"},
    "pyarrow": {"fayan.tables", "fayan.population.store"},
    "numpy": {"fayan.tables.synth"},
    "python_calamine": {"fayan.tables.workbook"},
    "xlsxwriter": {"fayan.tables", "fayan.population.workbook"},
    "z3": {"fayan_compiler.targets.smt", "fayan_compiler.diff"},
    "sqlglot": {"fayan_compiler.targets.relational", "fayan.population"},
    "pyspark": {"fayan.population.by_spark", "fayan.population.spark_session"},
    "pypinyin": {"fayan_dsl.near"},
    "tqdm": {"fayan.progress"},
}
#: What looks up to what uses it, late: a thing that prints or runs itself, a writer that is handed the run.
LOOKING_UP = {
    "fayan.policy",
    "fayan.population.outputs",
    "fayan.population.run",
    "fayan.population.workbook",
    "fayan_runtime.population",
    "fayan_runtime.report",
    "fayan_compiler.targets.relational.figures",
}
#: What the trunk and the leaves never touch: clock, network, environment, subprocesses.
IMPURE = {"datetime.datetime.now", "socket", "urllib", "http", "subprocess", "random", "time"}


def modules(package: str) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGES[package].rglob("*.py")):
        parts = path.relative_to(PACKAGES[package].parent).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        yield name, ast.parse(path.read_text("utf-8"))


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide who imports whom"
            yield node.module or ""


# ---------------------------------------------------------------- who imports whom
def test_packages_import_only_what_they_may() -> None:
    seen: set[tuple[str, str]] = set()
    for package, allowed in MAY_IMPORT.items():
        for name, tree in modules(package):
            for target in imported(tree):
                other = target.split(".")[0]
                if other in PACKAGES and other != package:
                    seen.add((package, other))
                    assert other in allowed, f"{name} imports {target}"
    # The walk would see a forbidden import: it saw every allowed one.
    assert seen == {(package, other) for package, allowed in MAY_IMPORT.items() for other in allowed}


def test_guests_have_one_host() -> None:
    seen: set[str] = set()
    for package in PACKAGES:
        for name, tree in modules(package):
            for target in imported(tree):
                guest = target.split(".")[0]
                if guest in HOSTS:
                    seen.add(guest)
                    assert any(name == host or name.startswith(f"{host}.") for host in HOSTS[guest]), (
                        f"{name}: {target}"
                    )
    assert seen == set(HOSTS)


@pytest.mark.parametrize("package", ["fayan_dsl", "fayan_compiler", "fayan_runtime"])
def test_only_the_doors_touch_the_outside_world(package: str) -> None:
    for name, tree in modules(package):
        touched = IMPURE & {target.split(".")[0] for target in imported(tree)}
        assert not touched, f"{name} imports {touched}"
        calls = {
            node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not calls & {"eval", "input", "print"}, name
        today = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in ("today", "now")]
        assert not today, f"{name} asks what day it is"


@pytest.mark.parametrize("package", ["fayan_dsl", "fayan_compiler", "fayan_runtime"])
def test_package_files_stay_empty(package: str) -> None:
    assert (PACKAGES[package] / "__init__.py").read_text("utf-8") == ""


def imports_late(tree: ast.Module) -> dict[str, bool]:
    """What a module imports, by its whole name; whether only when it is used (or for a type)."""
    found: dict[str, bool] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            for name in (node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)):
                found[name] = found.get(name, True) and node not in tree.body
    return found


def test_imports_go_in_no_circle() -> None:
    """Also those that wait until they are used, but for things that print or run themselves: these look up to what they ask for it."""
    graph = {
        name: {other for other, late in imports_late(tree).items() if not (late and name in LOOKING_UP)}
        for package in PACKAGES
        for name, tree in modules(package)
    }
    order: list[str] = []
    while len(order) < len(graph):
        ready = [name for name in graph if name not in order and not graph[name] & (graph.keys() - set(order) - {name})]
        assert ready, sorted(graph.keys() - set(order))
        order += ready


def test_every_file_says_what_it_is() -> None:
    silent = [name for package in PACKAGES for name, tree in modules(package) if not ast.get_docstring(tree)]
    assert set(silent) == {"fayan_dsl", "fayan_compiler", "fayan_runtime"}


# ---------------------------------------------------------------- what is loaded when
def loaded_by(code: str) -> set[str]:
    """The top-level modules that are loaded after running a piece of code in a fresh interpreter."""
    script = f"{code}\nimport sys\nprint(*{{name.split('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.split("\n")[-2].split())


def test_the_version_is_told_without_loading_anything_heavy() -> None:
    loaded = loaded_by("from fayan.cli import main; main(['--version'])")
    assert "fayan" in loaded
    assert not loaded & {"fayan_dsl", "fayan_compiler", "fayan_runtime", "attrs", "attr", "lark", "jinja2", "yaml"}


def test_checking_loads_no_templates_no_yaml_and_once_the_tables_are_kept_no_lark() -> None:
    check = "from fayan.cli import main; main(['check', 'policies/yubei_2024.pol'])"
    loaded_by(check)
    loaded = loaded_by(check)
    assert {"fayan_dsl", "fayan_compiler"} <= loaded
    assert not loaded & {"jinja2", "yaml", "lark"}


def test_a_decision_as_json_loads_no_templates() -> None:
    loaded = loaded_by(
        "from fayan.cli import main; "
        "main(['eval', 'policies/yubei_2024.pol', '--facts', 'examples/小巨人.yaml', '--on', '2025-12-31', '--format', 'json'])"
    )
    assert "yaml" in loaded
    assert "jinja2" not in loaded


# ---------------------------------------------------------------- problems
def problem_classes() -> list[type]:
    for package, place in PACKAGES.items():
        for module in pkgutil.walk_packages([str(place)], f"{package}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    from fayan_dsl.problem import all_problem_classes

    gc.collect()  # attrs makes a class with slots of each; the one it was made from goes here
    return [cls for cls in all_problem_classes() if cls.__module__.startswith("fayan")]


def test_codes_and_names_are_unique_and_well_formed() -> None:
    classes = problem_classes()
    assert len(classes) > 80
    codes = [cls.__dict__["code"] for cls in classes]
    names = [cls.__dict__["name"] for cls in classes]
    assert sorted(set(codes)) == sorted(codes)
    assert {name for name in names if names.count(name) > 1} == set()
    for code, name in zip(codes, names, strict=True):
        assert re.fullmatch(r"FY[1-79]\d{3}", code), code
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name), name


def test_both_languages_use_the_same_fields() -> None:
    def used(template: str) -> set[str]:
        return {part[1].split(".")[0] for part in string.Formatter().parse(template) if part[1] is not None}

    for cls in problem_classes():
        zh, en, help_zh, help_en = (getattr(cls, name) for name in ("zh", "en", "help_zh", "help_en"))
        assert zh and en, cls
        assert used(zh) == used(en), cls
        assert bool(help_zh) == bool(help_en), cls
        assert used(help_zh) == used(help_en), cls
        declared = set(cls.fields)
        assert used(zh) | used(help_zh) <= declared, cls


# ---------------------------------------------------------------- files
#: Lists of declarations that are one page each and would not be clearer in two.
ONE_PAGE = {"dsl/fayan_dsl/tree.py", "runtime/fayan_runtime/ir.py"}


def test_no_file_is_longer_than_600_lines() -> None:
    files = [path for folder in PACKAGES.values() for path in folder.rglob("*.py")] + [ROOT / "grammar.lark"]
    lengths = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in files}
    assert {path: length for path, length in lengths.items() if length > 600 and path not in ONE_PAGE} == {}


def test_no_registry_host_is_named() -> None:
    for name in ("pyproject.toml", "Makefile", ".ci/run"):
        assert "http" not in (ROOT / name).read_text("utf-8").replace("https://json.schemastore.org", "")


@pytest.mark.parametrize(
    "command", [["ruff", "format", "--check", "."], ["ruff", "check", "."], ["mypy"]], ids=" ".join
)
def test_checkers_are_content(command: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_code_map_names_what_is_there() -> None:
    text = (ROOT / "docs/architecture.md").read_text("utf-8")
    text = text[text.index("## Code map") :]
    named = set(re.findall(r"`([\w./]+(?:\.py|\.lark|/))`", text))
    there = {path.relative_to(ROOT).as_posix() for folder in (*PACKAGES.values(), ROOT) for path in folder.rglob("*")}
    assert len(named) > 60
    assert [each for each in named if not any(f"/{path}".endswith(f"/{each.rstrip('/')}") for path in there)] == []


def test_decisions_are_numbered_one_after_the_other() -> None:
    found = sorted((ROOT / "docs/decisions").glob("*.md"))
    assert [path.name[:4] for path in found] == [f"{number:04}" for number in range(1, len(found) + 1)]
    for number, path in enumerate(found, 1):
        assert path.read_text("utf-8").startswith(f"# {number}. ")


def test_the_policies_are_laid_out(capsys: pytest.CaptureFixture[str]) -> None:
    from fayan.cli import main

    policies = [str(path) for path in sorted(ROOT.glob("policies/**/*.pol"))]
    assert policies
    code = main(["fmt", "--check", *policies])
    assert code == 0, f"run fayan fmt: {capsys.readouterr().out}"


def test_the_wheel_holds_what_is_read_beside_the_code(tmp_path: Path) -> None:
    """The four packages with their templates, and the grammar, the library and the pages where the code looks for them."""
    script = "import sys, hatchling.build as build; print(build.build_wheel(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    with zipfile.ZipFile(tmp_path / done.stdout.split()[-1]) as wheel:
        names = set(wheel.namelist())
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == set(PACKAGES)
    explain = PACKAGES["fayan_runtime"] / "explain"
    templates = {f"fayan_runtime/explain/templates/{path.name}" for path in (explain / "templates").iterdir()}
    library = {f"fayan/documents/upstream/{path.name}" for path in (ROOT / "policies/upstream").glob("*.pol")}
    assert templates and library
    assert templates | library | {"fayan_dsl/grammar.lark", "fayan/messages/problems.md"} <= names
    assert not [name for name in names if name.startswith(("tests", "policies", "dsl/", "compiler/", "runtime/"))]


def test_the_policy_of_the_build_says_the_version_of_the_package() -> None:
    import fayan

    config = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert config["tool"]["hatch"]["version"]["path"] == "fayan/__init__.py"
    assert re.fullmatch(r"\d+\.\d+\.\d+", fayan.__version__)
