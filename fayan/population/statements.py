"""The plan of a population as SQL, for those who run it inside their own database."""

from __future__ import annotations

from fayan.population.question import Question
from fayan_compiler.targets.relational.dialects import render
from fayan_compiler.targets.relational.plan import make_plan, quoted


def statements(question: Question, dialect: str) -> str:
    """One statement for each table, in order; the tables of facts are there, as ``fayan_runtime.tables`` says, the last are the results."""
    plan = make_plan(question.program, question.on, question.readings, question.measures)
    program = question.program
    changed = " ".join(f"{id}={option}" for id, option in question.readings.items())
    head = [
        f"-- {program.title} {program.number}",
        f"-- {program.digest}",
        f"-- 评估日 {question.on.isoformat()}；口径 {changed}",
        f"-- 结果：{'、'.join(plan.results)}",
    ]
    comment = [line.replace("\n", " ") for line in head]
    made = [
        f"CREATE TABLE {render(quoted(name), dialect)} AS\n{render(query, dialect, pretty=True)};"
        for name, query in plan.tables.items()
    ]
    return "\n".join(comment) + "\n\n" + "\n\n".join(made) + "\n"
