"""FY67xx: examples agree with the rules they are of."""

from __future__ import annotations

from fayan_compiler.problems.lint import Lint
from fayan_dsl.problem import Problem, Term


class ExamplesFail(Problem):
    code = "FY6701"
    name = "examples-fail"
    zh = "“{target}”与 {count} 处示例不合：应当是“{expected}”，算出来是“{found}”"
    en = "“{target}” does not hold in {count} of its examples: “{expected}” is expected, “{found}” comes out"
    help_zh = "示例是算好的：改了规则就改回去；规则确实要改的，连示例一起改。用 fayan test 看全部。"
    help_en = (
        "Examples are worked out by hand: undo the change, or change the examples with the rule. fayan test shows all."
    )
    target: str
    count: int
    expected: Term
    found: Term


#: What documents often are, and what is then let stand.


class ExampleTitle(Lint):
    code = "FY6702"
    name = "example-title"
    word = "示例说明"
    zh = "示例的说明里有“{figure}”，它的事实、结果和{where}里都没有这个数"
    en = "the title of the example speaks of “{figure}”, which is in none of its facts and results, nor in {where}"
    help_zh = "照示例改说明，或者照说明改示例；只是打比方的数，加一行“容许 示例说明 因 ……”。"
    help_en = "Correct the title or the example; if the figure only illustrates, add 容许 示例说明 因 …."
    figure: str
    where: Term
