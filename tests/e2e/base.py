"""What the private daemon and the private desktop have in common: which
programs are tested, a home of its own for whatever runs, and how to wait.

Which programs: those in the folder that RAPPORT_BUILD names (default: build);
in RAPPORT_BUILD_PLAIN lie the same without sanitizers. Every wait is for an
event, with a limit; every process is ended by its pid.
"""

import ctypes
import os
import select
import signal
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BUILD = os.path.join(ROOT, os.environ.get("RAPPORT_BUILD", "build"))
# The same without sanitizers, where time or memory is measured.
PLAIN = os.path.join(ROOT, os.environ.get("RAPPORT_BUILD_PLAIN", "build"))

LIMIT = 30  # seconds until an event that must come is missed


class Timeout(AssertionError):
    """An event that must come did not come in time."""


def program(name, plain=False):
    """The path of a program that was built."""
    return os.path.join(PLAIN if plain else BUILD, name)


def inherited():
    """The variables that every program gets: ours, as far as they matter."""
    names = ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS")
    return {"LANG": "C.UTF-8",
            **{name: os.environ[name] for name in names
               if name in os.environ}}


def private_home(folder):
    """A home and the XDG folders, new ones in the folder; the variables that
    name them."""
    env = {}
    for name, sub in (("HOME", "home"), ("XDG_CONFIG_HOME", "config"),
                      ("XDG_DATA_HOME", "data"), ("XDG_STATE_HOME", "state"),
                      ("XDG_CACHE_HOME", "cache"),
                      ("XDG_RUNTIME_DIR", "run")):
        env[name] = os.path.join(folder, sub)
        os.mkdir(env[name], 0o700)
    return env


def die_with_parent():
    """In a child: be killed when the tests are."""
    PR_SET_PDEATHSIG = 1
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def check_sanitizers(text):
    """Fail when a sanitizer has spoken."""
    for word in ("Sanitizer", "runtime error:"):
        assert word not in text, text


def read_line(fd, limit=LIMIT):
    """A line from an unbuffered file descriptor, as it comes."""
    line = b""
    end = time.monotonic() + limit
    while not line.endswith(b"\n"):
        left = end - time.monotonic()
        if left <= 0 or not select.select([fd], [], [], left)[0]:
            raise Timeout("no line within %s s, but %r" % (limit, line))
        byte = os.read(fd, 1)
        if not byte:
            raise EOFError("ended after %r" % line)
        line += byte
    return line.decode()


def wait_until(condition, what, limit=LIMIT):
    """Until something is true that no event tells of: look often."""
    end = time.monotonic() + limit
    while not condition():
        if time.monotonic() > end:
            raise Timeout("waited in vain: " + what)
        time.sleep(0.02)


def switches(pid):
    """How often its threads were scheduled: no more often while it sleeps."""
    total = 0
    for task in os.listdir("/proc/%d/task" % pid):
        with open("/proc/%d/task/%s/status" % (pid, task),
                  encoding="ascii") as file:
            total += sum(int(line.split()[1]) for line in file
                         if "ctxt_switches" in line)
    return total
