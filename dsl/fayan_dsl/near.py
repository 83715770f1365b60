"""What a misspelt word was meant to be: by character, by sound, by shape and by pinyin; never a word that says the opposite.

A wrong character costs little where it sounds or looks like the right one, and a whole step elsewhere. A word may cost
few steps for its length, and a short one none but by sound and shape.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

#: Characters that turn a word into its opposite, and pairs that say the opposite of one another.
_DENIALS = "不未非无没"
_OPPOSITES = (
    "早晚 高低 上下 内外 大小 多少 前后 先后 始末 初末 增减 加减 升降 入出 收支 新旧 是否 有无 甲乙 男女 买卖 最次"
)
#: What a wrong character costs that sounds or looks like the right one.
_ALIKE = 0.25
#: Groups of characters that look alike. Our own list, of what proofreaders of official texts look out for.
_SHAPES = (
    "已己巳 未末 人入八 天夫 账帐 拨拔 折拆析 市巾 士土 大太 千干于 日曰 贝见 午牛 王玉主 力刀 今令 免兔 师帅 住往 侯候 名各 "
    "客额 贷货赁 赁凭 坏环 园圆 场扬杨 收牧 复夏 扑补 桨浆奖 厉历 惠患 限根 徴微徽 政攻 设没 说悦 讨计 准淮 幅副福 级极 纪记 "
    "录绿 绩积债 续读赎 职织 识炽 组租祖阻 技枝 校效 期朝欺 明朋 晚挽 早旱 要耍 兑悦 挂桂 押抻 抵低 扣扦 今令 企全 舍含合 分兮 "
    "兼廉 区巨 西酉四 厂广 压庄 厚原 友发 又叉 史吏 同问间 闲间 号呼 吉古占 营管菅 看着 育肓 腊蜡 膜模摸 慕幕募墓暮 壁璧 避僻 "
    "辩辨辫 班斑 搏博 傅缚 簿薄 材村林 版板扳 仗杖 径经轻茎 待侍持特 专传转 励厉劢 劝功攻 初切 裁栽载戴 我找 戊戌戍戎 拣练炼 "
    "推堆维雄难 确角触 申甲由电 里理埋 量重童 哀衰衷 让认 伐代 化仕任 访防仿坊妨 方万 侵浸 即既 竞竟 拟似 培陪赔 型形刑 "
    "备各 件仵 标际 批比 核该刻 审宙 查杳 额颔 征证 微徵 股服 融隔 挽免 投没 优扰 聚骤 链键 研妍 测侧则 险验检俭 规现 "
    "程呈 须顷 项顶须 属嘱 领须 牌碑 票栗 税说锐 率卒 辖割 镇填 街衔"
)


@lru_cache(maxsize=1)
def _lookalikes() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for group in _SHAPES.split():
        for char in group:
            found.setdefault(char, set()).update(group)
    return found


@lru_cache(maxsize=4096)
def _sounds(char: str) -> frozenset[str]:
    """The syllables a character is read as, without tones; sounds that dialects do not part are one."""
    from pypinyin import Style, pinyin

    if not "\u4e00" <= char <= "\u9fff":
        return frozenset()
    found = pinyin(char, style=Style.NORMAL, heteronym=True)[0]
    return frozenset(_merged(sound) for sound in found)


def spells(letters: str, word: str, usual: bool = False) -> bool:
    """Whether Latin letters are the pinyin of a word: jin'e, jine and JinE of 金额; by the ``usual`` reading of each character, or any."""
    plain = _plain(letters).replace("'", "").replace("’", "").replace("ü", "v")
    if not (plain.isascii() and plain.isalpha() and len(word) < len(plain) <= 6 * len(word)) or word.isascii():
        return False
    from pypinyin import Style, pinyin

    rest = {plain}
    for sounds in pinyin(word, style=Style.NORMAL, heteronym=not usual):
        rest = {left[len(sound) :] for left in rest for sound in sounds if left.startswith(sound)}
    return "" in rest


def _merged(sound: str) -> str:
    """zh ch sh as z c s, -ing -eng as -in -en."""
    for part, plain in (("zh", "z"), ("ch", "c"), ("sh", "s")):
        if sound.startswith(part):
            sound = plain + sound[2:]
    return sound[:-1] if sound.endswith(("ing", "eng")) else sound


def _cost(left: str, right: str) -> float:
    """What it costs to take one character for another."""
    if left == right:
        return 0
    if _plain(left) == _plain(right):
        return 0.01
    if left in _lookalikes().get(right, ()) or _sounds(left) & _sounds(right):
        return _ALIKE
    return 1


def _plain(text: str) -> str:
    """Full-width and half-width, capital and small made equal."""
    return unicodedata.normalize("NFKC", text).casefold()


def distance(word: str, other: str, limit: float) -> float:
    """The cost of characters inserted, left out, exchanged or replaced; counting stops above ``limit``."""
    before: list[float] = []
    row: list[float] = [float(n) for n in range(len(other) + 1)]
    for i, left in enumerate(word, 1):
        above, before = before, row
        row = [float(i)]
        for j, right in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1)
            if before[j - 1] < min(cost, limit + 0.001):
                cost = min(cost, before[j - 1] + _cost(left, right))
            if i > 1 and j > 1 and left == other[j - 2] and right == word[i - 2]:
                cost = min(cost, above[j - 2] + 0.5)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]


def opposed(word: str, other: str) -> bool:
    """Whether one of two words denies what the other says, or has another number."""
    if sum(map(word.count, _DENIALS)) != sum(map(other.count, _DENIALS)):
        return True
    ours, theirs = (Counter(filter(str.isdigit, _plain(text))) for text in (word, other))
    if ours - theirs and theirs - ours:
        return True
    gone, come = set(word) - set(other), set(other) - set(word)
    return any(
        (pair[0] in gone and pair[1] in come) or (pair[1] in gone and pair[0] in come) for pair in _OPPOSITES.split()
    )


def nearest(word: str, known: Iterable[str], likely: Iterable[str] = ()) -> str | None:
    """The one known word that costs least, if that is little for its length; None where two cost the same.

    A word of three characters may be wrong in any one of them only where what it may be is ``likely`` for another reason;
    one of a single character only there, and by sound and shape. A word in Latin letters may be the pinyin of one.
    """
    likely, known = set(likely), list(known)
    for usual in (True, False):
        if len(spelt := [candidate for candidate in dict.fromkeys(known) if spells(word, candidate, usual)]) == 1:
            return spelt[0]
    best: str | None = None
    lowest = 99.0
    for candidate in dict.fromkeys(known):
        size = max(len(word), len(candidate))
        limit = max(1, size // 4) if size > 3 or (candidate in likely and size > 1) else 0.5
        if (
            (size < 2 and candidate not in likely)
            or candidate == word
            or abs(len(word) - len(candidate)) > limit
            or opposed(word, candidate)
        ):
            continue
        cost = distance(word, candidate, min(limit, lowest))
        if cost > limit:
            continue
        if cost < lowest:
            best, lowest = candidate, cost
        elif cost == lowest:
            best = None
    return best


#: So many names are told to be like another.
_ALIKE_AT_MOST = 3


def alike(word: str, known: Iterable[str]) -> list[str]:
    """The known words that share so much with a word that a person would see whether one is meant, the likest first:
    属区内 for 属区里, 专精特新企业 for 专精企业. They are told, never put in its place."""
    found: list[tuple[float, str]] = []
    for candidate in dict.fromkeys(known):
        if min(len(word), len(candidate)) < 2 or candidate == word or opposed(word, candidate):
            continue
        shared = 2 * _in_common(word, candidate) / (len(word) + len(candidate))
        if shared >= 0.6:
            found.append((-shared, candidate))
    return [candidate for _, candidate in sorted(found, key=lambda each: each[0])[:_ALIKE_AT_MOST]]


def shortened(word: str, known: Iterable[str]) -> list[str]:
    """The known words that a word is short for, or that are short for it: 小巨人 for 国家小巨人, 深圳证券交易所 for 深交所."""
    return [
        other
        for other in dict.fromkeys(known)
        if 1 < min(len(word), len(other)) == _in_common(word, other) and not opposed(word, other)
    ]


def _in_common(word: str, other: str) -> int:
    """How many characters two words have in common, in the same order."""
    row = [0] * (len(other) + 1)
    for left in word:
        before = row
        row = [0]
        for j, right in enumerate(other):
            row.append(before[j] + 1 if left == right else max(before[j + 1], row[j]))
    return row[-1]


def undenied(word: str, known: Iterable[str]) -> str | None:
    """The known word that a word denies by a character before it, as 不属区内 does 属区内."""
    rest = next((word[len(no) :] for no in ("没有", "不是", "并非", *_DENIALS) if word.startswith(no)), "")
    return rest if rest and rest in set(known) else None


#: Words that hold a sentence together, for cutting lumps.
_JOINTS = (
    "且 或 非 中 的 有 没有 全部 为 不为 超过 不超过 高于 低于 不低于 达到 不满 早于 不早于 晚于 不晚于 "
    "含 都含 属于 已有 未有 最早 最晚 最大 最小 合计 个数 本 其 是 否 无"
)


def only_split(word: str, known: Iterable[str]) -> list[str] | None:
    """The pieces of a lump, where there is exactly one way to cut it into known words, at least one of them a name."""
    names = set(known)
    vocabulary = names | set(_JOINTS.split())
    lengths = sorted({len(piece) for piece in vocabulary if piece})
    ways = [1] + [0] * len(word)
    last = [0] * (len(word) + 1)
    for end in range(1, len(word) + 1):
        for length in lengths:
            if length <= end and ways[end - length] and word[end - length : end] in vocabulary:
                ways[end] += ways[end - length]
                last[end] = length
    if ways[-1] != 1 or last[-1] == len(word):
        return None
    pieces: list[str] = []
    end = len(word)
    while end:
        pieces.append(word[end - last[end] : end])
        end -= last[end]
    return pieces[::-1] if names & set(pieces) else None
