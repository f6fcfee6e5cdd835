"""The forms in which registers are published, read as streams of records: XML, rows of a table."""
