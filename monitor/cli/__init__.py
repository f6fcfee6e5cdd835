"""The command line: its commands, and what their answers look like."""
