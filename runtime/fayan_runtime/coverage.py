"""What examples put to the test: which conditions were seen to hold, to fail, and to decide; which branches were taken; which thresholds were neared.

An *atom* is a condition without 且, 或, 非 inside. It decides where the outcome of the whole — whether an item counts and is granted,
whether a duty is met — would turn with it: nothing beside it settles the matter already. An atom is covered when it was seen to decide
both ways (masking MC/DC). A *branch* is an option of a reading where a rule asks for it, a member under 按, a case. Conditions on the items
of a list (``清单 中 … 的``) decide for each item by themselves; definitions are counted once, wherever they are used.

``Coverage`` first lists everything there is to cover; ``watch`` tells what deciding one rule shows, ``note`` keeps it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from attrs import define, evolve, field, frozen

from fayan_runtime import ir, walk
from fayan_runtime.derive import complete
from fayan_runtime.interpreter import Env, Step, kleene
from fayan_runtime.names import OWN
from fayan_runtime.outcome import PAID
from fayan_runtime.reference import members_of
from fayan_runtime.remembered import Remembered
from fayan_runtime.rule_parts import Rule, alike, called, is_atom, known, neared, plain, standing, worded
from fayan_runtime.values import Absent, Facts

ORDERED = (">", ">=", "<", "<=")
HELD = ("number", "date", "year", "month")
#: Items that 仅首次 and 分配 look for: what they are asked is the rule's own conditions once more.
MADE = ("前", "各")


@define(eq=False)
class Atom:
    """One condition. ``seen`` and ``decided`` hold the outcomes seen; ``near`` where a threshold was neared: below, at, above.

    ``bound`` is which operand is a threshold, None where neither is.
    """

    owner: str
    text: str
    line: int
    bound: int | None
    seen: set[bool] = field(factory=set)
    decided: set[bool] = field(factory=set)
    near: set[str] = field(factory=set)

    @property
    def threshold(self) -> bool:
        return self.bound is not None


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

    def add(self, other: Shown) -> None:
        self.seen |= other.seen
        self.met |= other.met
        self.near |= other.near


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
        for function in self._roots():
            self._declare(function.body, function.name)

    def _roots(self) -> list[ir.Function]:
        """The definitions that take nothing: facts may be worked out by them. What a figure of the district is counted by no example can try."""
        counting = {fact.tally for scope in self.program.scopes for fact in scope.facts}
        own = [each for each in self.program.functions if each.name in self.own and not each.params]
        return [each for each in own if each.name not in counting]

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
        inner: Iterable[ir.Expr] = walk.children(expr)
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
                self._declare(self.body(name), name)
            case ir.Query(var=var) if var in MADE:
                inner = ()
        if is_atom(expr) and self._varies(expr):
            atom = Atom(owner, worded(expr), expr.origin.line, self._bound(expr))
            self.atoms.append(atom)
            self._atom_of[id(expr)] = atom
        for part in inner:
            self._declare(part, owner)

    def _varies(self, expr: ir.Expr) -> bool:
        """Whether it can come out otherwise for another enterprise; what goes by readings alone is a branch."""
        if isinstance(expr, ir.Fact | ir.Field | ir.Index | ir.Lookup | ir.Query | ir.Param):
            return True
        if isinstance(expr, ir.Call):
            return bool(expr.args) or self._varies(self.body(expr.function))
        return any(self._varies(part) for part in walk.children(expr))

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
    def memory(self) -> Remembered[Shown]:
        """For many decisions of one rule that differ in little."""
        return Remembered(self.program, self._shown)

    def watch(
        self,
        facts: Facts,
        on: date,
        readings: dict[str, str],
        name: str,
        memory: Remembered[Shown] | None = None,
    ) -> Shown:
        """What deciding the rule, or computing the definition, shows."""
        memory = self.memory() if memory is None else memory
        shown = Shown()
        if self.program.effective is not None and on < self.program.effective:
            return shown
        env = Env(self.program, complete(self.program, facts, on, readings), on, readings)
        rule = self._rules.get(name)
        if rule is None:
            body = self.body(name)
            shown.add(memory.of(body, env, True if body.type.kind == "bool" else None))
            return shown
        granted = []
        for at, amount in rule.places(env):
            self._decision(rule.chosen, at, shown, memory)
            if self._decision(rule.event + rule.conditions, at, shown, memory):
                granted.append(at)
                if amount is not None:
                    shown.add(memory.of(amount, at, None))
        for day in rule.days:
            shown.add(memory.of(day, env, None))
        rows = tuple(at.items[OWN] for at in granted if OWN in at.items)
        for adjustment in self._adjusting(rule):
            for expr in standing(adjustment):
                shown.add(memory.of(expr, evolve(env, counted=rows), None))
        offset = self.program.offset
        payments: Any = () if offset is None else env.rows(offset.list)
        for payment in () if isinstance(payments, Absent) else payments:
            if offset is not None and isinstance(payment[1]["事项"], str) and payment[1]["事项"] == name:
                self._decision(offset.among, env.bind(OWN, payment), shown, memory)
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
        return [each for each in self.program.adjustments if rule.provision.name in members_of(each)]

    def _decision(self, conditions: Sequence[ir.Condition], env: Env, shown: Shown, memory: Remembered[Shown]) -> bool:
        """Conditions of which all have to hold."""
        values = [memory.value(each.expr, env) for each in conditions]
        outcome = kleene(values, False, 0)
        for number, each in enumerate(conditions):
            others = values[:number] + values[number + 1 :]
            shown.add(memory.of(each.expr, env, values[number] is outcome and False not in known(others)))
        return outcome is True

    def _shown(self, step: Step, decides: bool | None) -> Shown:
        shown = Shown()
        self._follow(step, decides, shown)
        return shown

    def _follow(self, step: Step, decides: bool | None, shown: Shown) -> None:
        """``decides``: whether the outcome turns with this; None where it is no condition of anything."""
        expr, children = step.expr, step.children
        atom = self._atom_of.get(id(expr))
        if atom is not None and isinstance(step.value, bool):
            shown.seen.add(Goal(atom, step.value))
            if decides is not False:
                shown.met.add(Goal(atom, step.value))
            side = atom.bound
            near = "" if side is None else neared(step.children[side], step.children[1 - side])
            shown.near |= {(atom, near)} if near else set()
        passed = [True if child.expr.type.kind == "bool" else None for child in children]
        match expr:
            case ir.And() | ir.Or():
                absorbing = isinstance(expr, ir.Or)
                settling = sum(child.value is absorbing for child in children)
                for number, child in enumerate(children):
                    alone = child.value is step.value and settling == (child.value is absorbing)
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
                conditions = {id(when) for when, _ in whens}
                failed = sum(id(child.expr) in conditions and child.value is False for child in children[:-1])
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
    def atom_of(self, expr: ir.Expr) -> Atom | None:
        return self._atom_of.get(id(expr))

    def branch_of(self, expr: ir.Expr, arm: int) -> Branch | None:
        return self._branch_of.get((id(expr), arm))

    def looked_at(self, name: str) -> tuple[list[ir.Expr], list[ir.Expr]]:
        """The conditions of a rule, and what else is looked at where they hold."""
        rule = self._rules[name]
        others = [*rule.days, *rule.amounts]
        others += [expr for adjustment in self._adjusting(rule) for expr in standing(adjustment)]
        return [each.expr for each in (*rule.conditions, *rule.chosen)], others

    def reach(self) -> dict[str, set[Atom | Branch]]:
        """What each rule, and each definition that takes nothing, can come by."""
        roots: dict[str, list[ir.Expr]] = {}
        for name, rule in self._rules.items():
            conditions, others = self.looked_at(name)
            roots[name] = conditions + others
            if self.program.offset is not None and rule.provision.nature in PAID:
                roots[name] += [each.expr for each in self.program.offset.among]
        for function in self._roots():
            roots[function.name] = [function.body]
        return {name: self.within(exprs) for name, exprs in roots.items()}

    def within(self, exprs: Sequence[ir.Expr]) -> set[Atom | Branch]:
        found: set[Atom | Branch] = set()
        waiting, passed = list(exprs), set[int]()
        while waiting:
            expr = waiting.pop()
            if id(expr) in passed:
                continue
            passed.add(id(expr))
            if id(expr) in self._atom_of:
                found.add(self._atom_of[id(expr)])
            found.update(branch for (owner, _), branch in self._branch_of.items() if owner == id(expr))
            waiting += walk.children(expr)
            if isinstance(expr, ir.Call):
                waiting.append(self.body(expr.function))
        return found

    def body(self, name: str) -> ir.Expr:
        return next(each.body for each in self.program.functions if each.name == name)
