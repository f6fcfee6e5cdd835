"""Liveness: what a daemon knows of its work (`pulse`), what is wrong with it (`complaints`), and
the reports. `systemd` reports to systemd, `watching` to the dead-man's switch, `listener` over
HTTP, `daemon_state` to `monitor status`. `quiet` is the proof that a source brought nothing.
"""
