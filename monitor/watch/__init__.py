"""Compare our partners and goods with what authorities list. Pure.

Input: lists as people keep them (`lists`), acts, records and pages. Output: the entries that a
listed subject may be, each with its tie, score and reason (`match`). `monitor.names` rates how
alike two names are. This room has no clock and no store, and reads only its own tables (`rules`
reads our code).
"""
