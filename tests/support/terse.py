"""What a process of a run tells the one that counts: of a test that passed only that it did.

It would tell of each test six times, with keywords and whatever was printed: that takes as long as
a short test.
"""

from typing import Any

import pytest


def be_terse(config: pytest.Config) -> None:
    """Have this process tell less from here on, unless somebody asked for more."""
    teller = _find_teller(config)
    if teller is None or _is_more_asked(config):
        return
    tell = teller.pytest_runtest_logreport

    @pytest.hookimpl
    def tell_what_counts(report: pytest.TestReport) -> None:
        if report.passed:
            if report.when != "call":
                return
            report.keywords, report.sections = {}, []
        tell(report=report)

    config.pluginmanager.unregister(teller)
    teller.pytest_runtest_logreport, teller.pytest_runtest_logstart = tell_what_counts, None
    config.pluginmanager.register(teller)


def _find_teller(config: pytest.Config) -> Any:
    """Xdist's; it has the class from no module that could be imported."""
    plugins = config.pluginmanager.get_plugins()
    return next((one for one in plugins if type(one).__name__ == "WorkerInteractor"), None)


def _is_more_asked(config: pytest.Config) -> bool:
    asked = config.option
    return bool(
        asked.verbose > 0 or asked.durations or asked.xmlpath or {*"PA"} & {*asked.reportchars}
    )
