"""Pages of config.toml as sources: `page:NAME`, each with a reader that is a pure function of a page, as a scraper's."""

from monitor.source.configured.reader import PREFIX, PageReader
from monitor.source.configured.sources import readers_of, source_of, sources_of

__all__ = ["PREFIX", "PageReader", "readers_of", "source_of", "sources_of"]
