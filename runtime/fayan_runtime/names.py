"""Names to which the language itself gives a meaning: scopes, facts and fields, and the variables of the core form."""

from __future__ import annotations

# ---------------------------------------------------------------- scopes
ENTERPRISE, DISTRICT = "企业", "全区"

# ---------------------------------------------------------------- facts and fields
#: What tells enterprises apart, and what one is called.
KEY, NAME = "统一社会信用代码", "企业名称"
#: The field by which the rows of a series are found.
YEAR_FIELD = "年度"
#: The day until which what an item gives holds, and whether it gave anything: a failed review may name the end of the old title.
UNTIL_FIELD, PASSED_FIELD = "有效期至", "通过"
#: The rule that a payment was made under.
ABOUT_FIELD = "事项"

# ---------------------------------------------------------------- variables
#: A rule's own item; the earlier item that 仅首次 looks for; any item that shares in a pot.
OWN, EARLIER, PEER = "本", "前", "各"
#: The list of the items a ceiling counts.
COUNTED = "所计"
