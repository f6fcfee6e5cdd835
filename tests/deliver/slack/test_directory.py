"""Who is in a user group: as Slack said it last, and nobody where it never did."""

from http.client import IncompleteRead

from slack_sdk.errors import SlackApiError

from monitor.config import TriageSettings
from monitor.deliver.slack.directory import KEPT, Directory

SETTINGS = TriageSettings(roles={"compliance": ("S0COMPLIANCE", "U0ANA")})


class Web:
    """Answers with what stands in its list, one after the other."""

    def __init__(self, *answers: object) -> None:
        self.answers = list(answers)

    def api_call(self, method: str, *, params: dict[str, str]) -> object:
        assert (method, params) == ("usergroups.users.list", {"usergroup": "S0COMPLIANCE"})
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def test_what_was_known_stays_where_an_answer_is_cut_short_or_refused(caplog):
    now = [0.0]
    web = Web({"users": ["U0MEI"]}, IncompleteRead(b""), SlackApiError("no", {"ok": False, "error": "missing_scope"}))
    directory = Directory(web, SETTINGS, lambda: now[0])
    known = []
    for _ in range(3):
        directory.refresh()
        known.append(dict(directory.groups()))
        now[0] += KEPT

    assert known == [{"S0COMPLIANCE": {"U0MEI"}}] * 3
    assert web.answers == []
    assert [name in caplog.text for name in ("IncompleteRead", "missing_scope")] == [True, True]


def test_nobody_is_in_a_group_of_which_slack_never_said_anything():
    directory = Directory(Web(IncompleteRead(b"")), SETTINGS, lambda: 0.0)

    assert directory.groups() == {}
