"""The network of a test with a web server of its own: every host is that server, which gets the real
host's name.
"""

import httpx

FORWARDED_SCHEME = "X-Forwarded-Proto"


class LocalTransport(httpx.AsyncBaseTransport):
    """Sends each request to 127.0.0.1:`port` over real HTTP, with the real Host header."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._inner = httpx.AsyncHTTPTransport()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        # A new request, not a change of this one: errors name the real host.
        local = httpx.Request(
            request.method,
            request.url.copy_with(scheme="http", host="127.0.0.1", port=self._port),
            headers={**request.headers, FORWARDED_SCHEME: request.url.scheme},
            stream=request.stream,
            extensions=request.extensions,
        )
        return await self._inner.handle_async_request(local)

    async def aclose(self) -> None:
        await self._inner.aclose()
