"""Scrapers for tests that are not about understanding words: an index of links, and acts as
JSON.
"""
