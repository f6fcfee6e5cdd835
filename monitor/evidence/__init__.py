"""What is known as a file that others can check: the bytes, the words quoted from them, what was known and told when."""
