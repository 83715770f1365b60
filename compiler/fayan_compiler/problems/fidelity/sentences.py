"""FY60xx: every sentence of 原文 is accounted for, and is the one that was issued."""

from __future__ import annotations

from fayan_compiler.problems.lint import Lint
from fayan_dsl.problem import Severity


class SentenceUnaccounted(Lint):
    code = "FY6001"
    name = "sentence-unaccounted"
    word = "句无着落"
    zh = "这句原文没有着落：“{sentence}”"
    en = "nothing rests on this sentence: “{sentence}”"
    help_zh = (
        "在它下面写规则，或用“见”指出在本条别处的规则，或注明它是程式、说明、倡导、不编码；一个注只管它上面的一句。"
    )
    help_en = (
        "Write a rule under it, name one elsewhere in the measure with 见, or mark it 程式, 说明, 倡导 or 不编码; "
        "a mark is for the one sentence above it."
    )
    sentence: str


class Unpaired(Lint):
    code = "FY6002"
    name = "unpaired"
    word = "符号不成对"
    zh = "原文的“{sign}”不成对"
    en = "“{sign}” in the text has no partner"
    help_zh = "照原文补上或删去；原文就是这样的，加一行“容许 符号不成对 因 ……”。"
    help_en = "Put its partner back or take it out, as in the text; if the text is like this, add 容许 符号不成对 因 …."
    sign: str


class HalfWidth(Lint):
    code = "FY6003"
    name = "half-width"
    word = "半角符号"
    severity = Severity.WARNING
    zh = "原文里有半角的“{sign}”，公文用全角"
    en = "the text has a half-width “{sign}”; official documents use the full-width sign"
    help_zh = "照原文改为“{full}”；原文就是半角的，加一行“容许 半角符号 因 ……”。"
    help_en = "Write “{full}” as in the text; if the text has it half-width, add 容许 半角符号 因 …."
    sign: str
    full: str


class NotAsIssued(Lint):
    code = "FY6004"
    name = "not-as-issued"
    word = "原文不同"
    zh = "原文写「{written}」，公布的是「{issued}」"
    en = "the text has “{written}”, the document as issued “{issued}”"
    help_zh = "照公布的原文（{file}）改；公布的文件本身改了的，连那个文件一起改。"
    help_en = "Correct it from the document as issued ({file}); if that itself has changed, change both."
    written: str
    issued: str
    file: str


class MarkWithoutSentence(Lint):
    code = "FY6007"
    name = "mark-without-sentence"
    word = "注无原文"
    zh = "“{mark}”上面没有它自己的一句原文"
    en = "“{mark}” has no sentence of its own above it"
    help_zh = "一个注只管它上面的一句：看是不是漏抄了一句原文；多写的删去。"
    help_en = "A mark is for the one sentence above it: see whether a sentence of the text is missing; if not, delete the mark."
    mark: str
