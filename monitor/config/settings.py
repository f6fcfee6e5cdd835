"""The settings of config.toml as frozen values. docs/config.md and the schema take the comment
above each key.
"""

from collections.abc import Mapping
from importlib.metadata import version
from typing import Annotated, Any, Literal, dataclass_transform
from zoneinfo import ZoneInfo

import msgspec

from monitor.config.logs import Level, LogFormat
from monitor.config.pages import PageSettings
from monitor.config.times import DailyTime, Duration, Place, QuietHours, WeeklyTime, WorkingHours
from monitor.config.variables import Variable
from monitor.model import Severity

VERSION = version("regulatory-monitor")
NO_CONTACT = "set fetch.user_agent in config.toml"


@dataclass_transform(frozen_default=True, field_specifiers=(msgspec.field,))
class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of config.toml; a key it does not know is an error, never ignored."""


class SourceSettings(Section):
    """`[sources."cn_mofcom.announcements"]`: change one source. `monitor sources` lists them
    all.
    """

    # `false` switches the source off.
    enabled: bool | None = None
    # Its address, if the publisher moved it.
    url: str | None = None
    # The interval between polls outside its publisher's busy hours.
    every: Duration | None = None
    # The interval within the busy hours, if the source has such hours.
    busy_every: Duration | None = None
    # How long it may fail before a message, if longer than `health.patience`.
    patience: Duration | None = None
    # How long it may bring nothing new, where you know better than its past.
    absence: Duration | None = None
    # How long its bytes may stay the same.
    unmoved: Duration | None = None
    # An entry that is always there: a part of its address, or a record's id.
    canary: str | None = None
    # The fewest entries it has.
    floor: int | None = None
    # As `fetch.proxy`, for this source; `direct` for none.
    proxy: str | None = None


class FetchSettings(Section):
    """`[fetch]`: how the monitor requests publishers' pages."""

    # How the monitor names itself; `{version}` becomes its version. Add an address where a
    # ministry's administrator reaches you.
    user_agent: str = f"regulatory-monitor/{{version}} (+contact: {NO_CONTACT})"
    # The time limit to fetch one page, with redirects and slow bodies.
    deadline: Duration = Duration(seconds=30)
    # The time limit to parse one page; a reader that takes longer is stopped, and the page named.
    reading: Duration = Duration(seconds=60)
    # The least time between two requests to one host.
    gap: Duration = Duration(seconds=0.5)
    # The most requests to one host at the same time.
    at_a_time: Annotated[int, msgspec.Meta(ge=1, le=16)] = 2
    # Obey robots.txt and its Crawl-delay. If it does not come, everything is fetched, since a law
    # must not go unseen.
    robots: bool = True
    # Fetch addresses in private networks: for an intranet or a test, never for the open internet.
    allow_private: bool = False
    # The proxy for publishers: the variable with its address, such as `PROXY_URL`, or an address
    # without a password.
    proxy: str | None = None
    # The Chromium for pages with `render`. Empty: the one that is installed.
    browser: str | None = None

    @property
    def name(self) -> str:
        """Return our `user_agent` with the running version."""
        return self.user_agent.replace("{version}", VERSION)

    @property
    def is_anonymous(self) -> bool:
        """Return whether `user_agent` is still our default, of this version or an earlier one: it
        names no contact.
        """
        return NO_CONTACT in self.user_agent


class SlackSettings(Section):
    """`[slack]`: where alerts go. The token stands in the environment (SLACK_BOT_TOKEN or
    SLACK_WEBHOOK_URL), never here.
    """

    # The id of the channel for alerts (channel → View channel details → at the bottom), not its
    # name.
    channel: str | None = None
    # The channel for failures of sources. Empty: the same.
    ops_channel: str | None = None
    # The Web API; another address only for an enterprise proxy or a test.
    api: str = "https://slack.com/api/"
    gap: Duration = Duration(seconds=1)
    grace: Duration = Duration(seconds=15)
    timeout: Duration = Duration(seconds=30)
    # The destination for alerts and failures while Slack refuses the token or the channel. Empty:
    # they wait.
    fallback: str | None = None
    # The readers' time zone, such as `Europe/Berlin`: their time stands behind days of law. Empty:
    # the authority's only.
    zone: ZoneInfo | None = None


class DestinationSettings(Section):
    """`[destinations.<name>]`: one more channel; exactly one of `slack`, `webhook`, `apprise`. A
    rule below sends messages to it. The pending messages of a removed destination go to `alerts`.
    """

    # Hours in which only critical messages are sent, such as `22:00-07:00 Asia/Shanghai`; the rest
    # follows afterwards, gathered.
    quiet: QuietHours | None = None
    # The destination for its messages while this one is closed.
    fallback: str | None = None
    # Its readers' time zone, as `slack.zone`.
    zone: ZoneInfo | None = None
    way: Mapping[str, Any] = {}


class RouteSettings(Section):
    """`[[routes]]`: who gets what. Every rule that fits adds its destinations; what fits no rule
    goes to `alerts`.
    """

    # The destinations.
    to: tuple[str, ...]
    # Authorities, as `monitor sources` names them, also `page` and `press`; `*` stands for
    # anything.
    authority: tuple[str, ...] = ()
    # Registers, such as `cn-dual-use-items`.
    register: tuple[str, ...] = ()
    # The act's action: add, suspend, …
    action: tuple[str, ...] = ()
    # This or worse: low, normal, high, critical (it touches your watch list).
    severity: Severity = Severity.LOW
    # Names of `[topics]`.
    topic: tuple[str, ...] = ()
    # `here`, or ids of members (U…) and user groups (S…).
    mention: tuple[str, ...] = ()


class DailySettings(Section):
    """`[daily]`: the daily summary: alerts, what comes, which sources fail."""

    # When, such as `09:00 Asia/Shanghai`. Empty: never.
    at: DailyTime | None = None
    # Its destination.
    to: str = "ops"


class CalendarSettings(Section):
    """`[calendar]`: the days on which the law changes."""

    # An iCalendar file that is kept up to date, to be served to calendars.
    file: str | None = None


class HealthSettings(Section):
    """`[health]`: when a failing source is worth a message."""

    # How long a source may fail before a message; a second one reports its return.
    patience: Duration = Duration(minutes=30)


class LogSettings(Section):
    """`[log]`: the log of `monitor run` on stderr."""

    # `debug`, `info`, `warning` or `error`; `--log-level` overrides it.
    level: Level = Level.INFO
    # `human`, `json`, or `auto`: human at a terminal. `--log-format` overrides it.
    format: LogFormat = LogFormat.AUTO


class UpkeepSettings(Section):
    """`[upkeep]`: the archive."""

    # How long a page stays to which nothing refers.
    keep: Duration = Duration(days=90)


class EvidenceSettings(Section):
    """`[evidence]`: what `monitor evidence` adds to a pack (evidence.md)."""

    # The timestamp authority (RFC 3161), such as `https://freetsa.org/tsr`; it gets the SHA-256 of
    # the pack's manifest only.
    timestamp: str | None = None


class EventSettings(Section):
    """`[events]`: what becomes one message with its thread."""

    # Acts of one authority this soon after the first belong to its message.
    package: Duration = Duration(minutes=15)
    # Press reports this long after an act belong to its thread.
    press: Duration = Duration(days=7)


class WatchSettings(Section):
    """`[watch]`: the files of your watch list (CSV, XLSX, XLS, ODS); `monitor watch import`
    fills the store (watch.md).
    """

    # Your suppliers: names, countries, ids, parents.
    suppliers: tuple[str, ...] = ()
    # Your customers.
    customers: tuple[str, ...] = ()
    # Your own firms.
    own: tuple[str, ...] = ()
    # Your products: HS numbers, ECCN, control codes, materials.
    products: tuple[str, ...] = ()
    # Bills of materials: a line is a part of the product it names.
    parts: tuple[str, ...] = ()
    # The meaning of a heading in these files and those you screen or import, such as `{ "Kred-Bez" = "name" }`.
    headings: dict[str, str] = {}
    # GLEIF's files of parent companies (level 2) and of names (level 1), for listed owners.
    ownership: tuple[str, ...] = ()
    match: float = 0.85
    review: float = 0.70

    @property
    def files(self) -> tuple[str, ...]:
        """All that it is read from."""
        return (
            *self.suppliers,
            *self.customers,
            *self.own,
            *self.products,
            *self.parts,
            *self.ownership,
        )


class OtherListSettings(Section):
    """`[[screen_against]]`: an external list for `monitor screen`; its entries are marked, and
    never news (watch.md).
    """

    # The name of the list.
    name: str
    # The file, an export of OpenSanctions or of a register.
    file: str = ""
    # Or its address: the copy is a day old at most.
    url: str = ""
    # `ftm`, `simple-csv`, or a source such as `us_ofac.sdn_csv`. Empty: as the file looks.
    format: str = ""


class LifeSettings(Section):
    """`[life]`: how others see that the daemon works (operate.md)."""

    # Serves /healthz and /metrics (Prometheus) at such an address as `127.0.0.1:9464`, to all who
    # reach it.
    listen: Place | None = None
    # The variable with the https address of a dead-man's switch.
    ping: Variable | None = None


class ConsoleSettings(Section):
    """`[console]`: access from other machines (console.md): by password, or by the name from a
    reverse proxy.
    """

    # The variable with the password for browsers.
    token: Variable | None = None
    # The header in which a reverse proxy names the user, such as `X-Forwarded-User`.
    user_header: str | None = None
    # The addresses whose header counts.
    proxies: tuple[str, ...] = ("127.0.0.1", "::1")
    # The users, as that header names them, who may take, decide, mute and review. Empty: the
    # console only reads.
    decide: tuple[str, ...] = ()
    # The names by which it is reached; requests for other hosts are refused. Addresses need not be
    # named.
    hosts: tuple[str, ...] = ()
    # Its address, such as `https://monitor.example`: messages then link to it. Empty: none.
    url: str = ""


class DeskSettings(Section):
    """`[triage.desks.<destination>]`: who is called if nobody takes an alert (triage.md)."""

    # For how much of their working time an alert may wait.
    after: Duration | None = None
    # When they work, such as `Mon-Fri 09:00-18:00 Asia/Shanghai`. Empty: always.
    hours: WorkingHours | None = None
    # `CN` for China's own calendar, or an iCalendar file.
    holidays: str | None = None
    # `here`, or ids of members (U…) and user groups (S…).
    mention: tuple[str, ...] = ()
    # Another destination that gets it too.
    to: str | None = None
    # When the weekly summary comes, such as `Mon 09:00 Asia/Shanghai`. Empty: never.
    weekly: WeeklyTime | None = None


class TriageSettings(Section):
    """`[triage]`: what people decide on an alert, and who may (triage.md)."""

    # The choices; a remark goes with each.
    decisions: tuple[str, ...] = ("no effect", "contract checked", "licence applied for")
    # Your names for members (U…) and user groups (S…) of Slack.
    roles: dict[str, tuple[str, ...]] = {}
    # The roles that may decide, dismiss matches, mute, and let rest for over 7 days. Empty:
    # everybody in the channel.
    allowed: tuple[str, ...] = ()
    decide: tuple[str, ...] = ()
    dismiss: tuple[str, ...] = ()
    mute: tuple[str, ...] = ()
    desks: dict[str, DeskSettings] = {}


class SecondReaderSettings(Section):
    """`[second_reader]`: a language model that reads what the grammar does not; off without
    `url` (second-reader.md).
    """

    # A server with the OpenAI chat API, such as `http://127.0.0.1:8080/v1`. Empty: no second
    # reader.
    url: str = ""
    # The model's name there.
    model: str = ""
    # The variable with the key. Empty: the server needs none.
    key: Variable | None = None
    # `unsure`: press, acts not read in full, titles that are not English; `always`: every act too.
    when: Literal["unsure", "always"] = "unsure"
    # Whether the server may be in a private network, or on this machine.
    allow_private: bool = False
    # The time limit of one answer.
    deadline: Duration = Duration(minutes=2)
    # The longest text of one question, in characters; a longer act goes in parts.
    window: Annotated[int, msgspec.Meta(ge=500, le=200_000)] = 20_000
    # The longest answer to one question, in tokens.
    answer: Annotated[int, msgspec.Meta(ge=100, le=200_000)] = 8_000
    # The most tokens of a day (UTC).
    tokens_a_day: int = 500_000
    # The most tokens of a month (UTC).
    tokens_a_month: int = 5_000_000
    # The price of a million tokens, in questions and in answers.
    price: tuple[float, float] = (0.0, 0.0)
    # The most that a day (UTC) may cost. 0: as much as its tokens.
    money_a_day: float = 0.0
    # The most that a month (UTC) may cost. 0: as much as its tokens.
    money_a_month: float = 0.0


class Config(Section):
    """All settings, with their defaults."""

    # The folder with the history, the archive, the lock and the socket; or a database
    # (`postgresql://…`). `--store` overrides it.
    store: str = ".store"
    # If `store` is a database: the folder for this machine's own socket and copies of lists.
    folder: str = ".monitor"
    # Python packages with scrapers. Add your own: `["scrapers", "our_scrapers"]`; `[]` leaves only
    # your pages.
    packages: tuple[str, ...] = ("scrapers",)
    # The only sources that are polled beside pages, such as `["cn_mofcom", "us_*"]`. `enabled` of a
    # source overrides it.
    only: tuple[str, ...] = ()
    page: tuple[PageSettings, ...] = ()
    fetch: FetchSettings = FetchSettings()
    slack: SlackSettings = SlackSettings()
    health: HealthSettings = HealthSettings()
    events: EventSettings = EventSettings()
    evidence: EvidenceSettings = EvidenceSettings()
    watch: WatchSettings = WatchSettings()
    screen_against: tuple[OtherListSettings, ...] = ()
    sources: dict[str, SourceSettings] = {}
    destinations: dict[str, DestinationSettings] = {}
    routes: tuple[RouteSettings, ...] = ()
    # A topic's name and its words, in the act's own language or in English: `rare-earths = ["稀土",
    # "rare earth"]`.
    topics: dict[str, tuple[str, ...]] = {}
    daily: DailySettings = DailySettings()
    calendar: CalendarSettings = CalendarSettings()
    log: LogSettings = LogSettings()
    life: LifeSettings = LifeSettings()
    upkeep: UpkeepSettings = UpkeepSettings()
    console: ConsoleSettings = ConsoleSettings()
    triage: TriageSettings = TriageSettings()
    second_reader: SecondReaderSettings = SecondReaderSettings()


# Keys that the next version no longer reads, each with what to write instead. Until then they count
# as before.
OLD_KEYS = {
    "slack.gap": "leave it out: a message a second, as Slack takes them",
    "slack.grace": "leave it out: 15 seconds",
    "slack.timeout": "leave it out: 30 seconds",
    "watch.match": "leave it out: 0.85; `monitor screen --match` takes another",
    "watch.review": "leave it out: 0.70; `monitor screen --review` takes another",
    "triage.decide": "write the roles under triage.allowed",
    "triage.dismiss": "write the roles under triage.allowed",
    "triage.mute": "write the roles under triage.allowed",
}
