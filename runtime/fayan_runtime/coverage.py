"""What examples put to the test: which conditions were seen to hold, to fail, and to decide; which branches were taken; which thresholds were neared.

An *atom* is a condition without 且, 或, 非 inside. It decides where the outcome of the whole — whether an item counts and is granted,
whether a duty is met — would turn with it: nothing beside it settles the matter already. An atom is covered when it was seen to decide
both ways (masking MC/DC). A *branch* is an option of a reading where a rule asks for it, a member under 按, a case. Conditions on the items
of a list (``清单 中 … 的``) decide for each item by themselves; definitions are counted once, wherever they are used.

``Coverage`` first lists everything there is to cover; ``watch`` tells what deciding one rule shows, ``note`` keeps it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import define, evolve, field, fields, frozen

from fayan_runtime import ir
from fayan_runtime.derive import complete
from fayan_runtime.draft import THIS
from fayan_runtime.explain.nearest import step_of
from fayan_runtime.interpreter import Env, Step, kleene, trace
from fayan_runtime.outcome import PAID
from fayan_runtime.reference import found_items, happened, members_of, within
from fayan_runtime.values import Absent, Facts, Unknown

ORDERED = (">", ">=", "<", "<=")
HELD = ("number", "date", "year", "month")
#: Items that 仅首次 and 分配 look for: what they are asked is the rule's own conditions once more.
MADE = ("前", "各")


@define(eq=False)
class Atom:
    """One condition. ``seen`` and ``decided`` hold the outcomes seen; ``near`` where a threshold was neared: below, at, above."""

    owner: str
    text: str
    line: int
    threshold: bool
    seen: set[bool] = field(factory=set)
    decided: set[bool] = field(factory=set)
    near: set[str] = field(factory=set)


@define(eq=False)
class Branch:
    """One way an expression can go. ``reading`` and ``options`` where it goes by a reading."""

    owner: str
    text: str
    line: int
    reading: str = ""
    options: tuple[str, ...] = ()
    taken: bool = False


@frozen
class Goal:
    """One thing to cover: an atom deciding one way, or a branch taken."""

    of: Atom | Branch
    outcome: bool = True

    @property
    def covered(self) -> bool:
        return self.outcome in self.of.decided if isinstance(self.of, Atom) else self.of.taken


@define
class Shown:
    """What deciding a rule shows: outcomes seen, goals met, thresholds neared."""

    seen: set[Goal] = field(factory=set)
    met: set[Goal] = field(factory=set)
    near: set[tuple[Atom, str]] = field(factory=set)


@define(eq=False)
class Coverage:
    program: ir.Program
    #: The definitions to look into: those of the policy itself, not what it takes from another.
    own: frozenset[str]
    atoms: list[Atom] = field(factory=list)
    branches: list[Branch] = field(factory=list)
    #: By the identity of the expression (and for branches the arm): a definition is the same wherever it is called.
    _atom_of: dict[int, Atom] = field(factory=dict)
    _branch_of: dict[tuple[int, int], Branch] = field(factory=dict)
    _walked: set[int] = field(factory=set)
    _rules: dict[str, Rule] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        periods: dict[int, ir.Condition] = {}
        for provision in self.program.provisions:
            rule = self._rules[provision.name] = Rule.of(provision, periods)
            for condition in (*rule.conditions, *rule.chosen):
                self._declare(condition.expr, "有效期" if condition.name == "有效期" else provision.name)
            for expr in rule.days + rule.amounts:
                self._declare(expr, provision.name)
        for adjustment in self.program.adjustments:
            for expr in standing(adjustment):
                self._declare(expr, called(adjustment))
        for condition in self.program.offset.among if self.program.offset else ():
            self._declare(condition.expr, "抵扣")
        for function in self.program.functions:
            if function.name in self.own and not function.params:
                self._declare(function.body, function.name)

    @property
    def goals(self) -> list[Goal]:
        return [Goal(atom, outcome) for atom in self.atoms for outcome in (True, False)] + [
            Goal(branch) for branch in self.branches
        ]

    # ------------------------------------------------------------ what there is to cover
    def _declare(self, expr: ir.Expr, owner: str) -> None:
        if id(expr) in self._walked:
            return
        self._walked.add(id(expr))
        inner: Iterable[ir.Expr] = parts(expr)
        match expr:
            case ir.Choose(reading=reading, arms=arms):
                options = next([id for id, _ in each.options] for each in self.program.readings if each.id == reading)
                for which in alike(arms):
                    names = tuple(options[each] for each in which)
                    self._branch(expr, which, owner, f"{reading} {'、'.join(names)}", reading, names)
            case ir.Match(arms=arms):
                for number, (members, _) in enumerate(arms):
                    self._branch(expr, (number,), owner, "、".join(members))
            case ir.Cases(whens=whens):
                for number, (when, _) in enumerate(whens):
                    self._branch(expr, (number,), owner, f"当 {plain(when)}")
                self._branch(expr, (len(whens),), owner, "否则")
            case ir.Call(function=name) if name in self.own:
                self._declare(self._body(name), name)
            case ir.Query(var=var) if var in MADE:
                inner = ()
        if is_atom(expr) and self._varies(expr):
            atom = Atom(owner, worded(expr), expr.origin.line, self._bound(expr) is not None)
            self.atoms.append(atom)
            self._atom_of[id(expr)] = atom
        for part in inner:
            self._declare(part, owner)

    def _varies(self, expr: ir.Expr) -> bool:
        """Whether it can come out otherwise for another enterprise; what goes by readings alone is a branch."""
        if isinstance(expr, ir.Fact | ir.Field | ir.Index | ir.Lookup | ir.Query | ir.Param):
            return True
        if isinstance(expr, ir.Call):
            return bool(expr.args) or self._varies(self._body(expr.function))
        return any(self._varies(part) for part in parts(expr))

    def _bound(self, expr: ir.Expr) -> int | None:
        """Which operand of a comparison is a threshold, moved by no fact."""
        if not isinstance(expr, ir.Compare) or expr.op not in ORDERED or expr.left.type.kind not in HELD:
            return None
        fixed = [not self._varies(side) for side in (expr.left, expr.right)]
        return fixed.index(True) if fixed.count(True) == 1 else None

    def _branch(
        self,
        expr: ir.Expr,
        arms: Sequence[int],
        owner: str,
        text: str,
        reading: str = "",
        options: tuple[str, ...] = (),
    ) -> None:
        branch = Branch(owner, text, expr.origin.line, reading, options)
        self.branches.append(branch)
        self._branch_of |= {(id(expr), arm): branch for arm in arms}

    # ------------------------------------------------------------ what a decision shows
    def watch(self, facts: Facts, on: date, readings: dict[str, str], name: str) -> Shown:
        """What deciding the rule, or computing the definition, shows."""
        shown = Shown()
        if self.program.effective is not None and on < self.program.effective:
            return shown
        env = Env(self.program, complete(self.program, facts, on, readings), on, readings)
        rule = self._rules.get(name)
        if rule is None:
            body = trace(self._body(name), env)
            self._follow(body, True if body.expr.type.kind == "bool" else None, shown)
            return shown
        granted = []
        for at, amount in rule.places(env):
            self._decision(rule.chosen, at, shown)
            if self._decision(rule.event + rule.conditions, at, shown):
                granted.append(at)
                if amount is not None:
                    self._follow(trace(amount, at), None, shown)
        for day in rule.days:
            self._follow(trace(day, env), None, shown)
        rows = tuple(at.items[THIS] for at in granted if THIS in at.items)
        for adjustment in self._adjusting(rule):
            for expr in standing(adjustment):
                self._follow(trace(expr, evolve(env, counted=rows)), None, shown)
        offset = self.program.offset
        payments: Any = () if offset is None else env.rows(offset.list)
        for payment in () if isinstance(payments, Absent) else payments:
            if offset is not None and isinstance(payment[1]["事项"], str) and payment[1]["事项"] == name:
                self._decision(offset.among, env.bind(THIS, payment), shown)
        return shown

    def note(self, shown: Shown) -> None:
        for goal in shown.seen:
            if isinstance(goal.of, Atom):
                goal.of.seen.add(goal.outcome)
        for goal in shown.met:
            if isinstance(goal.of, Atom):
                goal.of.decided.add(goal.outcome)
            else:
                goal.of.taken = True
        for atom, where in shown.near:
            atom.near.add(where)

    def _adjusting(self, rule: Rule) -> list[ir.Ceiling | ir.Highest | ir.Deduct]:
        of = rule.provision
        return [each for each in self.program.adjustments if each.measure == of.measure and of.name in members_of(each)]

    def _decision(self, conditions: Sequence[ir.Condition], env: Env, shown: Shown) -> bool:
        """Conditions of which all have to hold."""
        steps = [trace(each.expr, env) for each in conditions]
        outcome = kleene([step.value for step in steps], False, 0)
        for number, step in enumerate(steps):
            others = [other.value for at, other in enumerate(steps) if at != number]
            self._follow(step, step.value is outcome and False not in known(others), shown)
        return outcome is True

    def _follow(self, step: Step, decides: bool | None, shown: Shown) -> None:
        """``decides``: whether the outcome turns with this; None where it is no condition of anything."""
        expr, children = step.expr, step.children
        atom = self._atom_of.get(id(expr))
        if atom is not None and isinstance(step.value, bool):
            shown.seen.add(Goal(atom, step.value))
            if decides is not False:
                shown.met.add(Goal(atom, step.value))
            side = self._bound(expr) if atom.threshold else None
            near = "" if side is None else neared(step.children[side], step.children[1 - side])
            shown.near |= {(atom, near)} if near else set()
        passed = [True if child.expr.type.kind == "bool" else None for child in children]
        match expr:
            case ir.And() | ir.Or():
                absorbing = isinstance(expr, ir.Or)
                for number, child in enumerate(children):
                    others = known([other.value for at, other in enumerate(children) if at != number])
                    alone = child.value is step.value and absorbing not in others
                    passed[number] = decides is not False and alone
            case ir.Not():
                passed = [decides]
            case ir.Call():
                passed[-1] = decides
            case ir.Choose(arms=arms):
                passed = [decides]
                arm = next(number for number, each in enumerate(arms) if each is children[0].expr)
                self._take(expr, arm, shown)
            case ir.Match(arms=arms):
                for number, (_, value) in enumerate(arms):
                    if len(children) == 2 and value is children[1].expr and not isinstance(children[0].value, Absent):
                        self._take(expr, number, shown)
                        passed[1] = decides
            case ir.Cases(whens=whens) if not any(isinstance(child.value, Absent) for child in children[:-1]):
                conditions = [when for when, _ in whens]
                failed = sum(child.expr in conditions and child.value is False for child in children[:-1])
                self._take(expr, failed, shown)
                passed[-1] = decides
            case ir.Query(var=var) if var in MADE:
                return
        for child, each in zip(children, passed, strict=True):
            self._follow(child, each, shown)

    def _take(self, expr: ir.Expr, arm: int, shown: Shown) -> None:
        branch = self._branch_of.get((id(expr), arm))
        if branch is not None:
            shown.met.add(Goal(branch))

    # ------------------------------------------------------------ where a goal can be met
    def reach(self) -> dict[str, set[Atom | Branch]]:
        """What each rule can come by."""
        reach: dict[str, set[Atom | Branch]] = {}
        for name, rule in self._rules.items():
            exprs = [each.expr for each in (*rule.conditions, *rule.chosen)] + [*rule.days, *rule.amounts]
            exprs += [expr for adjustment in self._adjusting(rule) for expr in standing(adjustment)]
            if self.program.offset is not None and rule.provision.nature in PAID:
                exprs += [each.expr for each in self.program.offset.among]
            found: set[Atom | Branch] = set()
            waiting, passed = list(exprs), set[int]()
            while waiting:
                expr = waiting.pop()
                if id(expr) in passed:
                    continue
                passed.add(id(expr))
                if id(expr) in self._atom_of:
                    found.add(self._atom_of[id(expr)])
                arms = [branch for (owner, _), branch in self._branch_of.items() if owner == id(expr)]
                found.update(arms)
                waiting += parts(expr)
                if isinstance(expr, ir.Call):
                    waiting += [each.body for each in self.program.functions if each.name == expr.function]
            reach[name] = found
        return reach

    def _body(self, name: str) -> ir.Expr:
        return next(each.body for each in self.program.functions if each.name == name)


# ---------------------------------------------------------------- rules as decisions


@frozen
class Rule:
    """A provision as what has to hold together. ``days`` and ``amounts`` are looked at for their branches."""

    provision: ir.Provision
    conditions: tuple[ir.Condition, ...]
    event: tuple[ir.Condition, ...] = ()
    chosen: tuple[ir.Condition, ...] = ()
    days: tuple[ir.Expr, ...] = ()
    amounts: tuple[ir.Expr, ...] = ()

    @classmethod
    def of(cls, of: ir.Provision, periods: dict[int, ir.Condition]) -> Rule:
        """``periods`` keeps the condition of each period, which several provisions may share."""

        def bare(expr: ir.Expr | None) -> tuple[ir.Condition, ...]:
            return () if expr is None else (ir.Condition(name=of.name, expr=expr, origin=of.origin),)

        if of.kind != "award":
            return cls(of, (*of.among, *of.must, *of.checks, *bare(of.goal)), chosen=bare(of.chosen))
        dated = of.on is not None or bool(of.stages)
        timed = [periods.setdefault(id(each), within(each)) for each in of.periods] if dated else []
        amounts = [stage.amount for stage in of.stages] or [each for each in [of.amount] if each is not None]
        event = (happened(of),) if dated else ()
        days = tuple(stage.on for stage in of.stages)
        return cls(of, (*of.among, *timed, *of.must), event, days=days, amounts=tuple(amounts))

    def places(self, env: Env) -> list[tuple[Env, ir.Expr | None]]:
        """What the conditions are tested on, with the amount: the items, or the day of assessment."""
        if self.provision.kind != "award":
            return [(env, None)]
        found = found_items(self.provision, env)
        if isinstance(found, Unknown):
            return []
        return [(each.env, each.amount) for each in found if not each.dated or each.env.day is not None]


def standing(adjustment: ir.Ceiling | ir.Highest | ir.Deduct) -> list[ir.Expr]:
    """What an adjustment asks for."""
    if not isinstance(adjustment, ir.Ceiling):
        return [adjustment.applies]
    whens = [when for _, when in (*adjustment.covers, *adjustment.keys)]
    return [adjustment.applies, adjustment.split, *whens, adjustment.limit]


def called(adjustment: ir.Ceiling | ir.Highest | ir.Deduct) -> str:
    match adjustment:
        case ir.Ceiling(name=name):
            return name
        case ir.Highest(members=members):
            return f"就高 {'、'.join(stage or name for name, stage in members)}"
        case ir.Deduct(member=member):
            return f"扣减 {member}"


# ---------------------------------------------------------------- expressions


def known(values: Iterable[Any]) -> set[bool]:
    return {value for value in values if isinstance(value, bool)}


def parts(expr: ir.Expr) -> Iterator[ir.Expr]:
    """The expressions directly inside, in order."""

    def inside(value: object) -> Iterator[ir.Expr]:
        if isinstance(value, ir.Node):
            yield value  # type: ignore[misc]
        elif isinstance(value, tuple):
            for each in value:
                yield from inside(each)

    for each in fields(type(expr)):
        if each.name not in ("type", "origin"):
            yield from inside(getattr(expr, each.name))


def is_atom(expr: ir.Expr) -> bool:
    """Whether it is a condition with nothing to take apart."""
    whole = (ir.And, ir.Or, ir.Not, ir.Choose, ir.Call, ir.Match, ir.Cases, ir.Const, ir.Param)
    return expr.type.kind == "bool" and not isinstance(expr, whole)


def alike(arms: Sequence[ir.Expr]) -> list[tuple[int, ...]]:
    """The arms by what they say: options that say the same are one branch."""
    groups = {next(first for first, other in enumerate(arms) if other == arm): () for arm in arms}
    return [tuple(number for number, arm in enumerate(arms) if arm == arms[first]) for first in groups]


def worded(expr: ir.Expr) -> str:
    """An atom in the words of the policy; the ends of a period say which end they are."""
    if isinstance(expr, ir.Compare) and isinstance(expr.left, ir.Param) and not expr.left.origin.line:
        return f"{expr.left.name} {expr.word} {plain(expr.right)}"
    return plain(expr)


def plain(expr: ir.Expr) -> str:
    """The words of an expression on one line."""
    return " ".join(expr.origin.text.split())


def neared(bound: Step, value: Step) -> str:
    """below, at or above, where the value is within a hundredth of the threshold or one step of its unit; else empty."""
    if any(isinstance(each.value, Absent) or each.value is None for each in (bound, value)):
        return ""
    if isinstance(bound.value, date):
        apart, close = Fraction((value.value - bound.value).days), Fraction(1)
    else:
        kind = bound.expr.type
        unit = step_of(kind) if kind.kind == "number" else Fraction(1)
        apart, close = Fraction(value.value - bound.value), max(unit, abs(Fraction(bound.value)) / 100)
    return "" if abs(apart) > close else "below" if apart < 0 else "above" if apart else "at"
