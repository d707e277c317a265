"""What holds for all tests."""

from __future__ import annotations

import signal

from hypothesis import settings

# A shell that starts the tests in its background, or nohup, has them ignore Ctrl-C and hang-ups, and so would the
# programs that the tests start, interrupt and wait for.
for _each, _usual in ((signal.SIGINT, signal.default_int_handler), (signal.SIGHUP, signal.SIG_DFL)):
    if signal.getsignal(_each) is signal.SIG_IGN:
        signal.signal(_each, _usual)

# A loaded machine may take a third of a second over an example: speed is measured in bench/, not here.
settings.register_profile("gongkai", deadline=None)
settings.load_profile("gongkai")
