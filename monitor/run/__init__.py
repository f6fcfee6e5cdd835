"""Keep the monitor running: the daemon, workers on a database, orders from other commands, upkeep,
liveness. Settings and signals come in; polls and deliveries go out. Only the command line and the
console know this room.
"""
