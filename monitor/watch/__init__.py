"""Does it touch us: who and what we deal with, held against whom and what an authority lists. Pure.

`lists` are the entries, `spellings` and `names` read names, `likeness` compares two, `goods` compares products, `index` finds
candidates among a million names, `match` puts them together and says why, `touched` does so for a whole act.
"""
