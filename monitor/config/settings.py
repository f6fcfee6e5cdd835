"""The settings of config.toml as frozen values, with the defaults that the bundled config.toml shows."""

from collections.abc import Mapping
from importlib.metadata import version
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import msgspec

from monitor.config.logs import Level, LogFormat
from monitor.config.pages import PageSettings
from monitor.config.times import DailyTime, Duration, Place, QuietHours, WeeklyTime, WorkingHours
from monitor.config.variables import Variable
from monitor.model import Severity

VERSION = version("regulatory-monitor")
NO_CONTACT = "set fetch.user_agent in config.toml"


class Section(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of config.toml; a key it does not know is an error, never ignored."""


class SourceSettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[sources."cn_mofcom.announcements"]`: what to change of a source."""

    enabled: bool | None = None
    url: str | None = None
    every: Duration | None = None
    busy_every: Duration | None = None
    patience: Duration | None = None
    absence: Duration | None = None
    unmoved: Duration | None = None
    canary: str | None = None
    floor: int | None = None
    proxy: str | None = None


class FetchSettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[fetch]`: how we behave towards the publishers' servers."""

    user_agent: str = f"regulatory-monitor/{{version}} (+contact: {NO_CONTACT})"
    deadline: Duration = Duration(seconds=30)
    reading: Duration = Duration(seconds=60)
    gap: Duration = Duration(seconds=0.5)
    at_a_time: Annotated[int, msgspec.Meta(ge=1, le=16)] = 2
    robots: bool = True
    allow_private: bool = False
    proxy: str | None = None
    browser: str | None = None

    @property
    def name(self) -> str:
        """What we say we are: `user_agent` with the version that runs."""
        return self.user_agent.replace("{version}", VERSION)

    @property
    def is_anonymous(self) -> bool:
        """Whether `user_agent` is still ours, of this version or an earlier one: it names nobody who could be reached."""
        return NO_CONTACT in self.user_agent


class SlackSettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[slack]`: channel ids. The token is never in the file: SLACK_BOT_TOKEN or SLACK_WEBHOOK_URL in the environment."""

    channel: str | None = None
    ops_channel: str | None = None
    api: str = "https://slack.com/api/"
    gap: Duration = Duration(seconds=1)
    grace: Duration = Duration(seconds=15)
    timeout: Duration = Duration(seconds=30)
    fallback: str | None = None
    zone: ZoneInfo | None = None


class DestinationSettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[destinations.<name>]`: one more way out.

    `quiet` are hours in which only what is critical is said; `fallback` is where messages go while this way is closed, `zone` is
    where its readers are. All its other keys are the `way`: one of them is called like a module of `monitor.deliver`, which knows
    them.
    """

    quiet: QuietHours | None = None
    fallback: str | None = None
    zone: ZoneInfo | None = None
    way: Mapping[str, Any] = {}


class RouteSettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[[routes]]`: what fits every condition that is given goes to these destinations; `*` stands for anything in a name."""

    to: tuple[str, ...]
    authority: tuple[str, ...] = ()
    register: tuple[str, ...] = ()
    action: tuple[str, ...] = ()
    severity: Severity = Severity.LOW
    topic: tuple[str, ...] = ()
    mention: tuple[str, ...] = ()


class DailySettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[daily]`: once a day, what was told, what comes, and which sources give nothing; without `at` never."""

    at: DailyTime | None = None
    to: str = "ops"


class CalendarSettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[calendar]`: the iCalendar file of key dates that is kept up to date, if any."""

    file: str | None = None


class HealthSettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[health]`: when a silent source is worth a message."""

    patience: Duration = Duration(minutes=30)


class LogSettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[log]`: from how much weight on the daemon logs, and for whom. Other commands log what is asked for beside them."""

    level: Level = Level.INFO
    format: LogFormat = LogFormat.AUTO


class UpkeepSettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[upkeep]`: how long a page stays in the archive on which nothing rests any more."""

    keep: Duration = Duration(days=90)


class EvidenceSettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[evidence]`: the authority that is asked for a timestamp of each pack (RFC 3161), if any."""

    timestamp: str | None = None


class EventSettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[events]`: what belongs to one happening."""

    package: Duration = Duration(minutes=15)
    press: Duration = Duration(days=7)


class WatchSettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[watch]`: the files of the watch list, and from which likeness on a name is a match, or is shown to a person.

    `ownership` are GLEIF's files of who consolidates whom; `headings` says what a heading of the lists means that we do not
    know: `{"Kred-Bez" = "name"}`.
    """

    suppliers: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    headings: dict[str, str] = {}
    ownership: tuple[str, ...] = ()
    match: float = 0.85
    review: float = 0.70

    @property
    def files(self) -> tuple[str, ...]:
        """All that it is read from."""
        return (*self.suppliers, *self.customers, *self.own, *self.products, *self.parts, *self.ownership)


class OtherListSettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[[screen_against]]`: a list of others, as a file or at an address, that `monitor screen` holds names against too.

    `format` is ftm, simple-csv, or the source of ours that reads such a register; without it the file is looked at.
    """

    name: str
    file: str = ""
    url: str = ""
    format: str = ""


class LifeSettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[life]`: how others see that the monitor works.

    At `listen` it answers /healthz and /metrics over HTTP; `ping` names the variable with the address of a dead-man's switch.
    """

    listen: Place | None = None
    ping: Variable | None = None


class ConsoleSettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[console]`: who may look at what `monitor serve` shows beyond this machine.

    `token` names the variable with the password; `user_header` is how a reverse proxy at one of `proxies` says who asks.
    `hosts` are the names by which the console is reached.
    """

    token: Variable | None = None
    user_header: str | None = None
    proxies: tuple[str, ...] = ("127.0.0.1", "::1")
    hosts: tuple[str, ...] = ()


class DeskSettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[triage.desks.<destination>]`: how those who read there work, and what becomes of what nobody takes.

    What is untaken `after` so long in their `hours`, without their `holidays`, calls those that `mention` names, and is told `to`
    another destination.
    """

    after: Duration | None = None
    hours: WorkingHours | None = None
    holidays: str | None = None
    mention: tuple[str, ...] = ()
    to: str | None = None
    weekly: WeeklyTime | None = None


class TriageSettings(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[triage]`: what people may decide, and who may.

    `roles` are names of your own for members (U…) and user groups (S…) of Slack; who has none that `decide`, `dismiss` or `mute`
    names may not. Where they name none, everybody may.
    """

    decisions: tuple[str, ...] = ("no effect", "contract checked", "licence applied for")
    roles: dict[str, tuple[str, ...]] = {}
    decide: tuple[str, ...] = ()
    dismiss: tuple[str, ...] = ()
    mute: tuple[str, ...] = ()
    desks: dict[str, DeskSettings] = {}


class Config(Section, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All settings, with the defaults that config.toml shows."""

    store: str = ".store"
    folder: str = ".monitor"
    packages: tuple[str, ...] = ("scrapers",)
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
    topics: dict[str, tuple[str, ...]] = {}
    daily: DailySettings = DailySettings()
    calendar: CalendarSettings = CalendarSettings()
    log: LogSettings = LogSettings()
    life: LifeSettings = LifeSettings()
    upkeep: UpkeepSettings = UpkeepSettings()
    console: ConsoleSettings = ConsoleSettings()
    triage: TriageSettings = TriageSettings()
