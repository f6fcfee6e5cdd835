"""Poll one source after the other: fetch its pages, read them, decide what is new, record it with
its messages. Sources and a clock come in; facts and pending messages go into the store. This room
knows neither daemon nor command line.
"""
