"""Keeps what goes over the wire: a download handler that tees the connection, and the extension that opens the archive.

Settings that switch it on::

    DOWNLOAD_HANDLERS = {scheme: "crawler.capture.handler.ArchivingDownloadHandler" for scheme in ("http", "https")}
    EXTENSIONS = {"crawler.capture.extension.ArchiveExtension": 0}

`extension` documents the settings that it reads, `handler` the keys of ``request.meta``.
"""
