"""Names as they are written: are two of them alike, in what do they differ, and which of a million
may be meant. Pure.

In come texts, with a word on whether they name persons; out come readings (`name`), scores with
reasons (`likeness`), numbers that decide (`numbers`) and candidates (`candidates`). What is listed
and who asks this room may not know: it imports no other.
"""
