"""Everything in words, in two languages: ``render`` makes the documents, ``templates`` lay them out.

``phrase`` says expressions, ``numbers`` values, ``words`` what is fixed; a folder for each thing that is told: ``decision``, ``document``
(the policy), ``diff``, ``timeline``, ``population``.
"""
