"""Who is in a user group: as Slack said it last, and nobody where it never did."""

from http.client import IncompleteRead

from slack_sdk.errors import SlackApiError

from monitor.config import TriageSettings
from monitor.deliver.slack.socket_mode import AGAIN, KEPT, Directory

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
    web = Web(
        {"users": ["U0MEI"]},
        IncompleteRead(b""),
        SlackApiError("no", {"ok": False, "error": "missing_scope"}),
    )
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


def test_slack_is_asked_anew_once_what_it_said_is_old_and_not_before():
    now = [1_000.0]
    directory = Directory(
        Web({"users": ["U0MEI"]}, {"users": ["U0ANA"]}, {}), SETTINGS, lambda: now[0]
    )
    known = []
    for at in (0.0, KEPT - 1, KEPT, 2 * KEPT - 1, 2 * KEPT):
        now[0] = 1_000.0 + at
        directory.refresh()
        known.append(set(directory.groups()["S0COMPLIANCE"]))

    assert known == [{"U0MEI"}, {"U0MEI"}, {"U0ANA"}, {"U0ANA"}, set()]


def test_slack_is_asked_anew_soon_where_no_answer_came():
    now = [0.0]
    directory = Directory(Web(IncompleteRead(b""), {"users": ["U0MEI"]}), SETTINGS, lambda: now[0])
    known = []
    for at in (0.0, AGAIN - 1, AGAIN, KEPT):
        now[0] = at
        directory.refresh()
        known.append(dict(directory.groups()))

    assert known == [{}, {}, *[{"S0COMPLIANCE": {"U0MEI"}}] * 2]


def test_who_is_asked_about_before_slack_ever_was_asks_it_first_and_once():
    directory = Directory(Web({"users": ["U0MEI"]}), SETTINGS, lambda: 0.0)

    assert [directory.groups() for _ in range(2)] == [{"S0COMPLIANCE": {"U0MEI"}}] * 2


def test_where_no_group_has_a_role_slack_is_never_asked():
    directory = Directory(Web(), TriageSettings(roles={"compliance": ("U0ANA",)}), lambda: 0.0)
    directory.refresh()

    assert directory.groups() == {}
