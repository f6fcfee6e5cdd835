from monitor.control import Poll, Polled, ask, listening
from monitor.model import Problem


async def test_an_answer_about_thousands_of_sources_comes_whole(tmp_path):
    polled = tuple(Polled(f"toy.source_{at}", problems=(Problem(kind="server", text="it said 500"),)) for at in range(2_000))

    async def answer(_asked: Poll) -> tuple[Polled, ...]:
        return polled

    async with listening(tmp_path / "socket", answer):
        assert tuple(await ask(tmp_path / "socket", Poll(all=True))) == polled
