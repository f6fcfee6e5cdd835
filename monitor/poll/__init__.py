"""One source after the other: fetch its pages, read them, judge what is new, and record it with the messages that follow.

Sources and a clock come in; facts and pending messages go into the store. This room knows neither daemon nor command line.
"""
