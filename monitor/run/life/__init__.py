"""Proof of life: what a daemon knows of its own work (`pulse`), what is wrong with it (`complaints`), and who hears of it.

`systemd` hears that it works, `watching` who looks at the dead-man's switch, `listener` whoever asks over HTTP, `daemon_state`
whoever runs `monitor status`; `quiet` is what can be proven of a source that brought nothing.
"""
