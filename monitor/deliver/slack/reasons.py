"""What Slack's refusals mean to whoever runs the monitor, and what to do about each. Words only."""

ANOTHER = "put the app's Bot User OAuth Token (xoxb-…) into the environment and start the monitor again"
INVITE = "in the channel: /invite the bot"

REASONS = {
    "invalid_auth": f"it knows no such token; {ANOTHER}",
    "invalid_token": f"it knows no such token; {ANOTHER}",
    "not_authed": f"no token reached it; {ANOTHER}",
    "token_revoked": f"the token was revoked; reinstall the app, then {ANOTHER}",
    "token_expired": f"the token has expired; switch token rotation off in the app, then {ANOTHER}",
    "account_inactive": f"the app was removed or its account switched off; install it again, then {ANOTHER}",
    "not_allowed_token_type": f"it is no token of a bot; {ANOTHER}",
    "no_service": "the webhook was removed; make a new one in the app",
    "no_service_id": "the webhook's address is cut short; copy it whole",
    "no_team": "the workspace is gone; name another one's token",
    "missing_scope": "the app lacks a scope; `monitor doctor --slack` says which one",
    "channel_not_found": f"it knows no such channel, or the bot is not in a private one; {INVITE}, or mend the id in config.toml",
    "not_in_channel": f"the bot is not in it; {INVITE}",
    "is_archived": "it is archived; unarchive it, or name another in config.toml",
    "channel_is_archived": "it is archived; unarchive it, or name another in config.toml",
    "restricted_action": "the workspace lets apps post there no more; ask its administrators",
    "posting_to_general_channel_denied": "the workspace lets apps not post there; name another channel in config.toml",
    "team_not_found": "the token is of a whole organisation; take one of the workspace that has the channel",
}


def reason(code: str) -> str:
    """What a code means, as the end of a sentence; nothing where nobody has put it into words."""
    return f": {REASONS[code]}" if code in REASONS else ""
