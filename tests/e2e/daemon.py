"""A private rapportd for the end-to-end tests: the real programs, in a folder
of their own.

    with Daemon(config={"popup": {"later": "30m"}}) as daemon:
        rc, out, err = daemon.ctl("add", "Call Dana", "tue", "9am")
        reminder = daemon.json("show", "1")
        reply = daemon.varlink("List", {"limit": 3})

With pop-ups: `Daemon(env=desktop.env)` (desktop.py), or with a stand-in for
rapport-notifier: `Daemon(notifier="/path/of/any/executable")`. Without either
there is no session bus, and pop-ups can't be shown.

HOME and all XDG folders lie in a temporary folder. Whatever a sanitizer says in
one of the programs fails the test.
"""

import collections
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

from base import (LIMIT, Timeout, check_sanitizers, die_with_parent,
                  inherited, private_home, program)

INTERFACE = "io.rapport"

Result = collections.namedtuple("Result", "rc out err")


class VarlinkError(Exception):
    """An error reply: .name ("io.rapport.NotFound") and .parameters."""

    def __init__(self, name, parameters):
        super().__init__("%s %s" % (name, json.dumps(parameters)))
        self.name = name
        self.parameters = parameters


class Connection:
    """A raw client of the socket: it sends what it is told, right or wrong."""

    def __init__(self, path, limit=LIMIT):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.settimeout(limit)
        self.socket.connect(path)
        self._received = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.socket.close()

    def half_close(self):
        """Say that nothing more will be sent; replies still come."""
        self.socket.shutdown(socket.SHUT_WR)

    def send_raw(self, data):
        self.socket.sendall(data)

    def send(self, method, parameters=None, **flags):
        """Send one call; flags are more=True, oneway=True. A method without a
        dot is one of io.rapport."""
        self.send_raw(frame(method, parameters, **flags))

    def receive(self, wait=True):
        """The next message as a dict; None: the daemon has hung up, or, when
        it is not waited for, none is there."""
        while b"\0" not in self._received:
            if not wait and not select.select([self.socket], [], [], 0)[0]:
                return None
            try:
                data = self.socket.recv(1 << 16)
            except ConnectionResetError:
                return None
            except socket.timeout:
                raise Timeout("no message, but %r" % self._received)
            if not data:
                assert not self._received, "half a message"
                return None
            self._received += data
        message, self._received = self._received.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, parameters=None):
        """Send one call and return the parameters of its reply; an error reply
        raises VarlinkError."""
        self.send(method, parameters)
        reply = self.receive()
        assert reply is not None, "the daemon hung up instead of answering"
        return parameters_of(reply)


def frame(method, parameters=None, **flags):
    """One call as bytes."""
    if "." not in method:
        method = INTERFACE + "." + method
    call = {"method": method, "parameters": parameters or {}}
    call.update(flags)
    return json.dumps(call).encode() + b"\0"


def parameters_of(reply):
    """The parameters of a reply; an error raises VarlinkError."""
    if reply.get("error"):
        raise VarlinkError(reply["error"], reply.get("parameters", {}))
    return reply.get("parameters", {})


class Daemon:
    """config: {section: {key: value}}, or the text of rapport.conf; None: no
    file. env: more variables, such as those of a Desktop. notifier: an
    executable in the place of rapport-notifier. clock: a Clock (clock.py) that
    drives the time of the build with the stand-in clock. args: more arguments
    of rapportd. wrapper: a command before it, such as ["strace", …]. plain: the
    programs without sanitizers. start=False: the test calls start() itself."""

    def __init__(self, config=None, env=None, notifier=None, clock=None,
                 args=(), wrapper=(), plain=False, start=True):
        self.plain = plain
        self.clock = clock
        self.args = list(args)
        self.wrapper = list(wrapper)
        self.process = None
        self.folder = tempfile.mkdtemp(prefix="rapport-test.")
        self.env = self._environment(env or {}, notifier)
        self.config_path = self._path("config", "rapport.conf")
        self.database = self._path("data", "rapport.db")
        self.socket_path = self._path("run", "rapportd.sock")
        self.log_path = os.path.join(self.folder, "rapportd.log")
        self._notify = self._notify_socket()
        if config is not None:
            self.configure(config)
        if start:
            try:
                self.start()
            except BaseException:
                self.clean_up()
                raise

    # --- places

    def _path(self, folder, name):
        return os.path.join(self.folder, folder, "rapport", name)

    def _environment(self, more, notifier):
        env = inherited()
        env["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent/bus"
        env.update(more)
        env.update(private_home(self.folder))
        if self.clock is not None:
            env.update(self.clock.env)
            notifier = notifier or program("rapport-notifier", self.plain)
        if notifier is not None:
            env["RAPPORT_NOTIFIER"] = str(notifier)
        return env

    def configure(self, config):
        """Write rapport.conf; reload() makes a running daemon read it."""
        if not isinstance(config, str):
            config = "".join(
                "[%s]\n%s\n" % (section, "".join(
                    "%s = %s\n" % pair for pair in keys.items()))
                for section, keys in config.items())
        os.makedirs(os.path.dirname(self.config_path), exist_ok=True)
        with open(self.config_path, "w", encoding="utf-8") as file:
            file.write(config)

    def log(self):
        """All that rapportd has said on standard error so far."""
        try:
            with open(self.log_path, encoding="utf-8",
                      errors="replace") as file:
                return file.read()
        except FileNotFoundError:
            return ""

    # --- life

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        try:
            if kind is None and self.process is not None:
                self.stop()
            elif kind is not None:
                sys.stderr.write(self.log())
        finally:
            self.clean_up()

    def clean_up(self):
        """End what still runs and remove the folder."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None
        self._notify.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _notify_socket(self):
        path = os.path.join(self.folder, "notify")
        notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        notify.bind(path)
        self.env["NOTIFY_SOCKET"] = path
        return notify

    @property
    def pid(self):
        return self.process.pid

    def start(self, wait=True):
        """Start rapportd and wait until it says that it is ready."""
        assert self.process is None, "it runs already"
        name = "rapportd" if self.clock is None else "standin/rapportd"
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(
                self.wrapper + [program(name, self.plain)] + self.args,
                env=self.env, stdin=subprocess.DEVNULL, stdout=log,
                stderr=log, preexec_fn=die_with_parent)
        if self.clock is not None:
            self.clock.meet()
        if wait:
            self.wait_notify("READY=1")
        return self

    def wait_notify(self, wanted, limit=LIMIT):
        """Wait for a message to the service manager that begins so, and return
        it. It fails when rapportd ends instead."""
        pidfd = os.pidfd_open(self.process.pid)
        end = time.monotonic() + limit
        try:
            while True:
                left = max(0, end - time.monotonic())
                ready = select.select([self._notify, pidfd], [], [], left)[0]
                if self._notify in ready:
                    message = self._notify.recv(4096).decode()
                    if message.startswith(wanted):
                        return message
                elif pidfd in ready:
                    raise AssertionError(
                        "rapportd ended with %s:\n%s"
                        % (self.process.wait(), self.log()))
                else:
                    raise Timeout("no %s:\n%s" % (wanted, self.log()))
        finally:
            os.close(pidfd)

    def wait(self, limit=LIMIT):
        """Wait until rapportd ends by itself, and return its status."""
        try:
            status = self.process.wait(limit)
        except subprocess.TimeoutExpired:
            raise Timeout("rapportd does not end:\n" + self.log())
        self.process = None
        check_sanitizers(self.log())
        return status

    def stop(self):
        """End it as systemd does, and see that it ends well."""
        self.process.terminate()
        status = self.wait()
        assert status == 0, "exit status %s:\n%s" % (status, self.log())

    def kill(self):
        """kill -9."""
        self.process.kill()
        self.process.wait()
        self.process = None
        check_sanitizers(self.log())

    def restart(self):
        self.stop()
        return self.start()

    def reload(self):
        """SIGHUP, and wait until the configuration was read."""
        self.process.send_signal(signal.SIGHUP)
        self.wait_notify("RELOADING=1")
        self.wait_notify("READY=1")

    # --- clients

    def ctl(self, *args, input=None, env=None, limit=LIMIT):
        """Run rapportctl; (rc, out, err). args may be bytes."""
        done = subprocess.run(
            [program("rapportctl", self.plain)] + list(args),
            env=dict(self.env, **(env or {})), input=input,
            stdin=subprocess.DEVNULL if input is None else None,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=limit)
        result = Result(done.returncode, done.stdout.decode(),
                        done.stderr.decode(errors="replace"))
        check_sanitizers(result.err)
        return result

    def ok(self, *args, **kwargs):
        """Run rapportctl, which must succeed; what it printed."""
        result = self.ctl(*args, **kwargs)
        assert result.rc == 0, "rapportctl %s: %s" % (" ".join(args), result)
        return result.out

    def json(self, *args, **kwargs):
        """Run rapportctl --json, which must succeed; the value printed."""
        return json.loads(self.ok("--json", *args, **kwargs))

    def popen(self, *args, **kwargs):
        """A rapportctl that goes on running (watch). The caller ends it."""
        kwargs.setdefault("stdout", subprocess.PIPE)
        return subprocess.Popen(
            [program("rapportctl", self.plain)] + list(args), env=self.env,
            preexec_fn=die_with_parent, **kwargs)

    def connect(self):
        """A raw connection to the socket."""
        return Connection(self.socket_path)

    def varlink(self, method, parameters=None):
        """Call a method on a connection of its own; the reply's parameters.
        An error reply raises VarlinkError."""
        with self.connect() as connection:
            return connection.call(method, parameters)
