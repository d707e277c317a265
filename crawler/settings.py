"""Scrapy's settings: lean, polite, archived. The runner adds what belongs to one portal (GONGKAI_*)."""

from __future__ import annotations

import os
from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("gongkai")
except PackageNotFoundError:  # run from the tree
    VERSION = "0"

#: An address or page where a portal's operator reaches whoever runs the crawl. Set GONGKAI_CONTACT.
GONGKAI_CONTACT = os.environ.get("GONGKAI_CONTACT", "contact not set; see GONGKAI_CONTACT")

#: What the operator may set in the environment (docs/operations.md); unset, the archive's own defaults hold.
OPERATOR_SETTINGS = ("GONGKAI_OPERATOR", "GONGKAI_SIGN_KEY", "GONGKAI_RESERVE_BYTES", "GONGKAI_MEMENTO")
globals().update({name: os.environ[name] for name in OPERATOR_SETTINGS if os.environ.get(name)})

#: A Crawl-delay beyond so many seconds is taken as so many: a mistyped one must not stop a crawl for weeks.
GONGKAI_LONGEST_CRAWL_DELAY = float(os.environ.get("GONGKAI_LONGEST_CRAWL_DELAY") or 3600)

BOT_NAME = "gongkai"
SPIDER_MODULES = ["crawler.spiders"]
USER_AGENT = f"gongkai/{VERSION} (+{GONGKAI_CONTACT})"

# What is kept, and what is done with it. The two rooms know each other only by these names.
DOWNLOAD_HANDLERS = {
    "http": "crawler.capture.handler.ArchivingDownloadHandler",
    "https": "crawler.capture.handler.ArchivingDownloadHandler",
    "file": None,
    "ftp": None,
    "s3": None,
    "data": None,
}
# Scrapy's own lists are empty, not switched off one by one: it would import what is switched off.
EXTENSIONS_BASE: dict[str, int] = {}
EXTENSIONS = {
    "crawler.capture.extension.ArchiveExtension": 0,
    "scrapy.extensions.throttle.AutoThrottle": 0,
}
ITEM_PIPELINES = {
    "pipelines.items.ExtractPipeline": 100,
    "pipelines.conversions.ConversionPipeline": 150,
    "pipelines.items.CheckPipeline": 200,
    "pipelines.items.StorePipeline": 300,
}

# The frontier is the queue, the duplicate filter and the memory of retries; robots.txt is read by the scheduler,
# which also keeps Crawl-delay.
SCHEDULER = "crawler.politeness.scheduler.FrontierScheduler"
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"
ROBOTSTXT_OBEY = False
RETRY_ENABLED = False
GONGKAI_RETRY_SECONDS = 1.0  # before an address that failed is tried again; doubled each time
REDIRECT_ENABLED = False
METAREFRESH_ENABLED = False
COMPRESSION_ENABLED = False  # the handler decodes as the archive's reader does
DOWNLOADER_STATS = False
SPIDER_MIDDLEWARES_BASE: dict[str, int] = {}  # every answer is the spider's, whatever its status
DOWNLOADER_MIDDLEWARES_BASE: dict[str, int] = {}
DOWNLOADER_MIDDLEWARES = {
    "crawler.politeness.boundary.BoundaryMiddleware": 10,
    "crawler.browser.rendering.RenderMiddleware": 20,
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": 700,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": 750,
}

# Manners.
CONCURRENT_REQUESTS = 8
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_ITEMS = 1  # an answer gives one item at most, and Scrapy makes so many tasks for every answer
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0
AUTOTHROTTLE_MAX_DELAY = 30.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0
DOWNLOAD_TIMEOUT = 60
DOWNLOAD_MAXSIZE = 128 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_FAIL_ON_DATALOSS = False

#: An archive of the web that is asked for missing years; see crawler.memento. None: off.
GONGKAI_MEMENTO = os.environ.get("GONGKAI_MEMENTO") or None

# Nothing of ours listens, nothing is downloaded behind our back.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
COOKIES_ENABLED = True
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",
}
LOG_LEVEL = "WARNING"
LOG_INSTALL_ROOT_HANDLER = True
LOG_FORMATTER = "scrapy.logformatter.LogFormatter"
LOG_VERSIONS: list[str] = []  # read from disk for a line that the level leaves out
STATS_DUMP = False
# It parses the source of a callback at every answer: bound methods never stay in its cache.
WARN_ON_GENERATOR_RETURN_VALUE = False
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
