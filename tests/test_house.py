"""The rooms of the house import one way: docs/architecture.md has the plan."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

MAY_IMPORT = {
    "data": set(),
    "reports": {"data"},
    "archive": set(),
    "demo": {"data", "reports"},
    "crawler": {"archive", "reports", "data"},
    "pipelines": {"archive", "reports", "data"},
    "publish": {"pipelines", "archive", "reports", "data"},
}
FRAMEWORKS_OUT_OF_READING = {"scrapy", "twisted", "sqlite3", "sqlite_utils", "datasette", "httpx", "requests", "socket"}


def imports_of(path: Path) -> set[str]:
    """The top-level names of what a module imports, wherever in the module."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_rooms_import_one_way(room: str) -> None:
    rooms = {*MAY_IMPORT, "cli", "tests", "bench"}
    modules = [path for path in (ROOT / room).rglob("*.py") if "archive" not in path.relative_to(ROOT / room).parts]
    assert modules
    wrong = {
        str(path.relative_to(ROOT)): sorted(foreign)
        for path in modules
        if (foreign := (imports_of(path) & rooms) - MAY_IMPORT[room] - {room})
    }
    assert not wrong


def modules_imported(path: Path) -> Iterator[Path]:
    """The files of the house that a module names in its imports, those for the type checker alone included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            named = [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            of = ".".join(path.relative_to(ROOT).parts[: -node.level]) + "." if node.level else ""
            named = [f"{of}{node.module}.{name.name}" for name in node.names]
        else:
            continue
        for name in named:
            whole = ROOT / name.replace(".", "/")
            for file in (
                whole.with_suffix(".py"),
                whole / "__init__.py",
                whole.parent.with_suffix(".py"),
                whole.parent / "__init__.py",
            ):
                if file.exists():
                    yield file
                    break


def test_no_module_imports_in_a_circle() -> None:
    graph = {
        path: set(modules_imported(path)) - {path}
        for room in (*MAY_IMPORT, "cli", "bench")
        for path in (ROOT / room).rglob("*.py")
    }
    assert sum(map(len, graph.values())) > 1000, "the imports are not found"
    assert tuple(TopologicalSorter(graph).static_order())  # raises CycleError, with the circle


def test_reading_is_pure() -> None:
    wrong = {
        str(path.relative_to(ROOT)): sorted(foreign)
        for path in (ROOT / "reports").rglob("*.py")
        if (foreign := imports_of(path) & FRAMEWORKS_OUT_OF_READING)
    }
    assert not wrong


def test_the_extractor_s_version_knows_every_data_file_that_reading_uses() -> None:
    from reports.extract import KNOWLEDGE, KNOWLEDGE_FOLDERS

    used = {
        name
        for path in (ROOT / "reports").rglob("*.py")
        for name in re.findall(r'load_(?:yaml|csv)\(f?"([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert used
    assert {name for name in used if name not in KNOWLEDGE and name.split("/")[0] not in KNOWLEDGE_FOLDERS} == set()


def test_lock_file_names_no_host_and_has_hashes() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock and "--index" not in lock and "--find" not in lock
    requirements = [line for line in lock.splitlines() if line and line[0].isalnum()]
    assert len(requirements) > 100
    assert all(line.endswith("\\") for line in requirements), "a requirement without a hash"
