"""`monitor serve`: what is known, to be looked at in a browser and asked for as JSON. It reads the
store, and writes nothing.

`serve` listens; `guard` says who may ask; `pages` and `api` are what can be asked, `desk` looks it
up on one thread, with the functions by which the command line answers; a module for each page has
the values that its template shows.
"""
