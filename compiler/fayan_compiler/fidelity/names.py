"""The lints of names: what the policy declares and 原文 names, and whose the benefit is, the rules on that passage use; and
what rules ask for 原文 speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from fayan_compiler.fidelity.check import Check, here, inside, listed, said_of
from fayan_compiler.fidelity.on_file import without_words
from fayan_compiler.fidelity.parts import Part
from fayan_compiler.fidelity.table import BENEFITS, RULES, Row, squeeze
from fayan_compiler.fidelity.vocabulary import Mention
from fayan_compiler.problems.fidelity import names as faults
from fayan_dsl import tree
from fayan_dsl.problem import Applicability, Edit, Fix, Term


def names(check: Check, row: Row) -> None:
    """A name is used by some rule on its passage; whose the benefit is by each; with 见, everything by each rule named."""
    marked = "".join(squeeze(words) for _, words in row.marks("用词"))
    said_whole = any(isinstance(rule, tree.Duty | tree.Goal) and rule.cite is None for rule in row.rules)
    rules = [rule for rule in (*row.rules, *row.seen) if isinstance(rule, (*BENEFITS, tree.Duty, tree.Goal))]
    giving = [rule for rule in row.rules if isinstance(rule, BENEFITS) or (isinstance(rule, tree.Duty) and rule.checks)]
    idle: dict[str, Mention] = {}
    lacking: dict[int, dict[str, Mention]] = {}
    for mention in [*row.mentions, *_inherited(check, row)]:
        if squeeze(mention.text) in marked or mention.name in idle:
            continue
        using = [rule for rule in (*row.rules, *row.seen) if _uses(check, row, rule, mention)]
        if not using and not said_whole:
            idle[mention.name] = mention
            continue
        for rule in (*row.seen, *(each for each in giving if _concerns(row, mention, each))):
            if rule not in using and rule in rules:
                lacking.setdefault(id(rule), {})[mention.name] = mention
    if len(rules) == 1:  # what no rule uses, the only rule leaves out: told where the line is missing
        lacking.setdefault(id(rules[0]), {}).update(idle)
        idle = {}
    for sentence in row.passage.sentences:
        if ours := [mention for mention in idle.values() if inside(mention.span, sentence.span)]:
            said = [squeeze(mention.text) for mention in ours]
            check.say(faults.NameUnused, ours[0].span, words=listed(said), mark="、".join(said))
    for rule in rules:
        if lost := list(lacking.get(id(rule), {}).values()):
            check.ignores(rule, lost[0].span, "用词", [squeeze(mention.text) for mention in lost])


def _concerns(row: Row, mention: Mention, rule: tree.Annotation) -> bool:
    """Whether whom a sentence is for is whom this rule is for: not where it goes on to other things, nor of another sentence."""
    if not mention.whom:
        return False
    if not any(inside(mention.span, sentence.span) for sentence in row.passage.sentences):
        return True
    text = row.sentence_at(mention.span.start).text
    if "；" in text[:-1]:
        return False
    cite = getattr(rule, "cite", None)
    return squeeze(cite.text) in squeeze(text) if cite else len(row.passage.sentences) == 1


def _inherited(check: Check, row: Row) -> list[Mention]:
    """Whose the benefit is, where a passage goes on without saying it: what the one before it in the paragraph said."""
    said_here = any(mention.whom for mention in row.mentions)
    if said_here or not row.rules or not row.passage.sentences or row.passage.sentences[0].opens:
        return []
    rows = check.table.rows_of(row.measure)
    for other in reversed(rows[: rows.index(row)]):
        if found := [mention for mention in other.mentions if mention.whom]:
            given = any(isinstance(rule, BENEFITS) for rule in (*other.rules, *other.seen))
            return found if given else []
        if other.passage.sentences and other.passage.sentences[0].opens:
            break
    return []


def _uses(check: Check, row: Row, rule: tree.Annotation, mention: Mention) -> bool:
    if isinstance(rule, tree.Define) and rule.name.text == mention.name:  # 重点企业是指……
        return True
    words = squeeze(mention.text)
    for part in check.table.reach(rule, default=True):
        if mention.name in (part.name, part.way.row) or (part.quote and words in squeeze(part.quote)):
            return True
        if mention.common and (mention.name in part.name or mention.name in part.label):
            return True
    return (
        isinstance(rule, tree.Rule) and rule.each is not None and _every_kind(check, row, rule.each.list.text, mention)
    )


def _every_kind(check: Check, row: Row, list_name: str, mention: Mention) -> bool:
    """Whether the text names every kind that the items of a rule's list can be of: then it singles out none."""
    said = {each.name for each in row.mentions}
    for kind in check.table.types_with.get(mention.name, ()):
        if {member.text for member in kind.members} <= said and kind.name.text in check.table.columns.get(
            list_name, ()
        ):
            return True
    return False


# ---------------------------------------------------------------- rules → 原文
def names_of_rules(check: Check) -> None:
    """What a rule asks an enterprise to be is in the words of its measure, or of the readings that it goes by."""
    table = check.table
    asked = {name for name in table.types_with if name not in _THE_REST} | table.yes_or_no
    for measure in table.policy.measures:
        rows = [row for row in table.rows_of(measure) if not without_words(row)]
        sent = [other for row in rows for other in row.also]  # 见: what they say is said of the rules here too
        text = "".join(_plain(row.text) for row in (*rows, *sent))
        for row in rows if text else ():
            for annotation in row.annotations:
                if isinstance(annotation, (*RULES, tree.Define)):
                    _unfounded(check, measure, annotation, asked, text)


_THE_REST = ("其他", "其它", "其余")


def _unfounded(check: Check, measure: tree.Measure, annotation: tree.Annotation, asked: set[str], text: str) -> None:
    lost: dict[str, Part] = {}
    for part in check.table.parts(annotation):
        if part.name in asked and part.way.default and not part.way.row:
            words = text + "".join(_plain(said) for said in check.table.words_of_readings(part))
            if not _spoken_of(part.name, words):
                lost.setdefault(part.name, part)
    if lost and not check.told_of(annotation.span):
        first, *more = lost.values()
        labels = [here(part.span, "还有这里", "and here") for part in more]
        check.say(faults.NameUnfounded, first.span, *labels, words=listed(lost), where=said_of(measure))


def _plain(text: str) -> str:
    return "".join(char for char in squeeze(text) if char not in "“”‘’")


def _spoken_of(name: str, text: str) -> bool:
    """Whether words speak of a name, loosely (硕士研究生 of 硕士学位): by a third of its pairs of characters, or by one of two."""
    name = _plain(name).removesuffix("企业") or name
    pieces = list(name) if len(name) < 3 else [name[at : at + 2] for at in range(len(name) - 1)]
    return 3 * sum(piece in text for piece in pieces) >= len(pieces)


# ---------------------------------------------------------------- names that rules, stages and conditions are given
def given_names(check: Check) -> None:
    """A name that is the words of the measure but for two characters that have changed places, or one that stands twice."""
    for measure in check.table.policy.measures:
        rows = check.table.rows_of(measure)
        text = _plain("".join(row.text for row in rows))
        for name in (name for row in rows for each in row.annotations for name in _names_in(each)):
            if name.text in text or len(name.text) < 3 or check.told_of(name.span):
                continue
            if meant := next((other for other in _unslipped(name.text) if other in text), None):
                title = Term(f"改为“{meant}”", f"write “{meant}”")
                fix = Fix(title, (Edit(name.span, meant),), Applicability.UNSAFE)
                check.say(faults.NameSlips, name.span, fixes=(fix,), name_given=name.text, meant=meant)


def _names_in(annotation: tree.Annotation) -> Iterator[tree.Name]:
    if isinstance(annotation, tree.Rule | tree.Duty | tree.Goal | tree.Selection | tree.Ceiling):
        yield annotation.name
    if isinstance(annotation, tree.Rule):
        yield from (stage.name for stage in annotation.stages)
        yield from (each.label for each in (*annotation.among, *annotation.must) if each.label)


def _unslipped(name: str) -> Iterator[str]:
    for at, (one, other) in enumerate(pairwise(name)):
        if one == other:
            yield name[:at] + name[at + 1 :]
        else:
            yield name[:at] + other + one + name[at + 2 :]
