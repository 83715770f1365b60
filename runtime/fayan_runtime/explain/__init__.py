"""Decisions and policies in words, in two languages: ``render`` makes the documents, ``templates`` lay them out.

``phrase`` says expressions, ``numbers`` values, ``words`` what is fixed, ``questions`` what is asked for.
A decision: ``view`` is the page; ``answer`` its first part; ``measures`` the second, with ``arithmetic`` (how an amount came about), ``paid``
(what was paid), ``pending`` (what is not decided on), ``compared`` (readings) and ``turning`` (what would turn a refusal, found by
``nearest``). ``context`` is what they share. A policy: ``document`` and ``policy_parts``.
"""
