"""Many processes, on many machines, that work on one history in a database: what the daemon does
alone, shared out.
"""
