"""What people do with an alert: who takes it, what is decided, what rests or is muted until when. Values and rules, no I/O."""
