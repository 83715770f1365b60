"""A decision in words: ``view`` is the page, ``answer`` its first part, ``measures`` the second.

``arithmetic`` is how an amount came about, ``paid`` what was paid, ``pending`` what is not decided on, ``questions`` what is asked for,
``compared`` readings, ``turning`` what would turn a refusal, found by ``nearest``. ``context`` is what they share.
"""
