"""Changes → events → notices, and who is told of them; what they look like is said elsewhere. Pure."""
