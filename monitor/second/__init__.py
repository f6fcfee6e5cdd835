"""The second reader: a language model that reads an act and has to quote.

In come the words of an act and what the grammar made of them. Out go measures of which each value stands in a quote
of the page, checked here word for word. It makes no fact of law, and knows neither the watch list nor a screening.
"""
