"""Deliver pending messages: each goes out once, in its order, and its answer is recorded.

The outbox and the channels come in. This room knows neither sources nor grammar.
"""
