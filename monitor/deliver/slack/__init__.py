"""Slack: what an alert looks like there, the client that posts it, what its errors mean."""
