"""Words whose meaning the language gives: a file declares nothing under them."""

from __future__ import annotations

#: What a rule can look at without declaring it.
CONTEXT = ("评估日", "发生日", "本年度", "上年度", "前年度", "成文日期", "施行日期", "本文件", "次序")
#: What takes values in brackets.
FUNCTIONS = ("年度", "上年", "前年", "年末", "月末", "月份", "较小", "较大", "去尾", "进一", "四舍五入")
