"""FY6xxx: what the rules say and what 原文 says must be the same. None of these stops a computation."""
