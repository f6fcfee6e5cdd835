"""Does it touch us: who and what we deal with, held against whom and what an authority lists. Pure.

`lists` are the entries, `names` reads names, `likeness` compares two, `goods` compares products, `candidates` finds those that
may be meant among a million names, `match` puts them together and says why, for a subject and for a whole act.
"""
