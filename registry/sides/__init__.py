"""What each register says about a society, fact by fact, and where two of them cannot both be right.

A source that comes later is one entry in `figures.FIGURES` for each of its values, one column in
`board.SIDES`, and the kinds of contradiction it can prove in `kinds.KINDS`.
"""
