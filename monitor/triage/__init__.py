"""What people do with an alert: take, decide, snooze, mute. Values and rules, no I/O."""
