"""Polls: one source from its page to the outbox, all that is due in a pass, the daemon, the replay."""
