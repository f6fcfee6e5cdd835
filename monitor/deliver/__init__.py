"""Deliver what is owed: the outbox and the channels come in; each message goes out once, in its
order, and its answer is recorded. This room knows neither sources nor grammar.
"""
