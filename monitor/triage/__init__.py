"""Values and rules of triage: take, decide, snooze, mute. No I/O."""
