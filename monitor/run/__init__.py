"""What keeps the monitor running: the daemon, workers on a database, orders from other commands, upkeep and proof of life.

Settings and signals come in; polls and deliveries are started. Only the command line and the console know this room.
"""
