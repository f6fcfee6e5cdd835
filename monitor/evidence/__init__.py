"""The evidence of a fact as a file that others can check: the bytes, the quotes, what was known and
sent when.
"""
