"""Does it touch us: who and what we deal with, compared with whom and what an authority lists. Pure.

In come lists as people keep them (`lists`), acts, rows and pages; out come the entries that a
listed subject may be, each with its tie, score and reason (`match`). How alike two names are is
known in `monitor.names`; no clock, disk or store is known here.
"""
