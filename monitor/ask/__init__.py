"""Questions about what is known: answers as values, then as lines for people and for programs.

A question comes in with a store and a day; values and lines go out. This room polls nothing, writes
no page and sends no message.
"""
