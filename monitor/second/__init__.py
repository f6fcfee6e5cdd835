"""The second reader: a language model that reads an act and must quote.

In go the words of an act and the grammar's reading. Out come measures with a quote for each value,
checked here word for word. It makes no fact of law, and knows neither the watch list nor a
screening.
"""
