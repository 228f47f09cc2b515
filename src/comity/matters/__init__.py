"""Acts, their lanes, and the present that every party folds from them.

Normative page: ``spec/act-v1.md``. This room is pure: bytes become an ``Act``
(``act``), a set of acts of one matter becomes a ``View`` (``fold``), and a view
and a time become what is shown (``present``). Nothing here believes a
signature: acts are proven before they come in.
"""
