"""Liveness: what a daemon knows of its work (`pulse`), what is wrong with it (`proof`), and the
reports.

`systemd` reports to systemd, `proof` also to the dead-man's switch, `answers` over HTTP,
`daemon_state` to `monitor status`. `quiet` is the proof that a source brought nothing.
"""
