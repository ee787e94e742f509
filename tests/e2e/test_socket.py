"""The socket, from outside: rapportd against the Varlink specification, and
against clients that are wrong, slow, many, or of somebody else."""

import json
import os
import re
import socket
import stat
import subprocess
import threading
import time
import unittest

from base import LIMIT, die_with_parent, program
from daemon import Connection, Daemon, VarlinkError, frame, parameters_of
from varlink_idl import Interface, Syntax

SERVICE = "org.varlink.service"
IDLE_CLIENTS = 400

# Something right for every required parameter.
RIGHT = {"text": "Call Dana", "when": "in 3 days", "id": 1, "name": "Dana",
         "who": "dana", "part": "contacts", "items": [{}]}

# What no parameter of a type takes.
WRONG = {
    "string": [1, 1.5, True, {}, [], ["x"]],
    "int": ["1", 1.0, 0, -1, True, {}, 10 ** 30, -10 ** 30],
    "bool": [0, 1, "true", {}, []],
    "object": [0, "x", True, []],
}


class SocketTest(unittest.TestCase):
    def setUp(self):
        self.daemon = self.enterContext(Daemon())

    def connect(self):
        return self.enterContext(self.daemon.connect())

    def assertError(self, name, parameters, call, *args):
        with self.assertRaises(VarlinkError) as caught:
            call(*args)
        self.assertEqual(caught.exception.name, name)
        if parameters is not None:
            self.assertEqual(caught.exception.parameters, parameters)

    def assertInvalid(self, parameter, method, parameters):
        self.assertError(SERVICE + ".InvalidParameter",
                         {"parameter": parameter}, self.daemon.varlink,
                         method, parameters)

    def texts(self):
        return [r["text"] for r in self.daemon.varlink("List")["reminders"]]

    def description(self, name):
        return self.daemon.varlink(SERVICE + ".GetInterfaceDescription",
                                   {"interface": name})["description"]


class Specification(SocketTest):
    """What https://varlink.org asks of every service."""

    def test_info(self):
        info = self.daemon.varlink(SERVICE + ".GetInfo")
        self.assertEqual(info["interfaces"], [SERVICE, "io.rapport"])
        service = Interface(self.description(SERVICE))
        service.check(info, ("struct", service.methods["GetInfo"][1]))
        self.assertEqual(service.name, SERVICE)

    def test_no_such_interface_or_method(self):
        call = self.daemon.varlink
        self.assertError(SERVICE + ".InterfaceNotFound",
                         {"interface": "io.other"}, call,
                         SERVICE + ".GetInterfaceDescription",
                         {"interface": "io.other"})
        self.assertError(SERVICE + ".InterfaceNotFound",
                         {"interface": "io.other"}, call, "io.other.Add")
        for method in ("io.rapport.Nope", "io.rapport.add", "io.rapport.",
                       "io.rapport.When", SERVICE + ".Nope"):
            self.assertError(SERVICE + ".MethodNotFound", {"method": method},
                             call, method)
        for method in ("", "Add", ".", "..", ".Add"):
            connection = self.connect()
            connection.send_raw(json.dumps({"method": method}).encode() +
                                b"\0")
            self.assertTrue(connection.receive()["error"].endswith("NotFound"))

    def test_description_needs_its_parameter(self):
        method = SERVICE + ".GetInterfaceDescription"
        self.assertInvalid("interface", method, {})
        self.assertInvalid("interface", method, {"interface": 1})
        self.assertInvalid("x", method, {"interface": SERVICE, "x": 1})
        self.assertInvalid("x", SERVICE + ".GetInfo", {"x": 1})

    def test_the_text_is_valid(self):
        interface = Interface(self.description("io.rapport"))
        self.assertEqual(interface.name, "io.rapport")
        self.assertEqual(set(interface.errors), {
            "NotUnderstood", "Impossible", "NotFound", "NothingRings",
            "StorageFailed", "SchemaTooNew", "Internal"})
        with self.assertRaises(Syntax):     # the checker does check
            Interface(self.description("io.rapport").replace("->", "=>", 1))

    def test_errors_are_as_described(self):
        interface = Interface(self.description("io.rapport"))
        for method, parameters, error in (
                ("Add", {"text": "x", "when": "soon"}, "NotUnderstood"),
                ("Add", {"text": "x", "when": "in 0m"}, "Impossible"),
                ("Add", {"text": "x", "when": "1h", "zone": "No/Where"},
                 "Impossible"),
                ("Add", {"text": "x", "when": "1h", "with": "dana"},
                 "NotFound"),
                ("Show", {"id": 99}, "NotFound"),
                ("Done", {}, "NothingRings")):
            with self.subTest(method=method, parameters=parameters):
                with self.assertRaises(VarlinkError) as caught:
                    self.daemon.varlink(method, parameters)
                self.assertEqual(caught.exception.name,
                                 "io.rapport." + error)
                interface.check(caught.exception.parameters,
                                ("struct", interface.errors[error]))

    @unittest.skipUnless(
        subprocess.run("command -v varlinkctl", shell=True,
                       stdout=subprocess.DEVNULL).returncode == 0,
        "varlinkctl (systemd 257) is not here")
    def test_varlinkctl(self):
        address = "unix:" + self.daemon.socket_path
        for words in (["info", address],
                      ["introspect", address, "io.rapport"],
                      ["call", address, "io.rapport.List", "{}"]):
            done = subprocess.run(["varlinkctl"] + words, timeout=LIMIT,
                                  stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT)
            self.assertEqual(done.returncode, 0, done.stdout)

    def test_every_reply_is_as_described(self):
        interface = Interface(self.description("io.rapport"))
        calls = [
            ("PersonAdd", {"name": "Dana Novak"}),
            ("PersonAdd", {"name": "Lee", "as": "lee"}),
            ("PersonList", {}),
            ("Add", {"text": "Call @dana", "when": "in 3 days",
                     "need": "a price", "kind": "next-step"}),
            ("Add", {"text": "x", "when": "tomorrow 9am", "with": ["lee"],
                     "urgent": True, "zone": "America/New_York"}),
            ("Add", {"text": "y", "when": "in 2h", "with": "lee"}),
            ("Add", {"text": "z", "every": "day"}),
            ("Done", {"id": 4, "note": "fine"}), ("Skip", {"id": 4}),
            ("Move", {"id": 4, "when": "8:00", "series": True}),
            ("Edit", {"id": 4, "every": "week"}), ("Show", {"id": 4}),
            ("Today", {}), ("Week", {}), ("List", {}),
            ("List", {"limit": 1, "with": "dana"}),
            ("List", {"all": True, "until": "friday"}),
            ("Show", {"id": 1}), ("Show", {"who": "dana"}),
            ("Move", {"id": 1, "when": "in 5 days"}),
            ("Edit", {"id": 1, "text": "Call Dana back", "need": "none"}),
            ("Done", {"id": [1], "note": "fine"}),
            ("Drop", {"id": [2, 3]}),
            ("Undo", {}),
            ("PersonAdd", {"name": "Eva Lang", "introduced_by": "dana",
                           "zone": "Asia/Tokyo", "circle": "good"}),
            ("PersonEdit", {"who": "eva", "org": "Acme", "keep_up": "3w"}),
            ("PersonPause", {"who": "eva", "until": "in 2 weeks"}),
            ("PersonResume", {"who": "eva"}),
            ("PersonArchive", {"who": "eva"}),
            ("PersonList", {"all": True}),
            ("Learn", {"who": "dana", "kind": "likes", "text": "tea"}),
            ("Learn", {"who": "dana", "kind": "event",
                       "text": "board meeting 11 dec", "lead": "3"}),
            ("Met", {"who": ["dana", "lee"], "note": "lunch", "by": "meeting",
                     "mood": "problem", "direction": "in",
                     "on": "yesterday"}),
            ("Met", {"who": "ida", "new": "Ida", "introduced_by": "dana",
                     "next": "Call", "when": "in 3 days", "done": [2]}),
            ("Show", {"who": "dana"}), ("Show", {"who": "eva"}),
            ("Search", {"words": "dana"}), ("Search", {"words": "lunch"}),
            ("Network", {}), ("Network", {"who": "ida"}),
            ("Edit", {"entry": "f1", "text": "coffee"}),
            ("Edit", {"entry": "d1", "date": "12 dec"}),
            ("Edit", {"entry": "i2", "mood": "good"}),
            ("Drop", {"entry": ["f1", "d1", "i2"]}),
            ("Export", {"part": "contacts"}),
            ("Import", {"part": "contacts", "items": [{"name": "Zoe"}]}),
            ("PersonForget", {"who": "ida", "yes": True}),
            ("List", {"done": True}),
            ("Quiet", {"when": "2h"}), ("Quiet", {}),
            ("Quiet", {"when": "off"}),
            ("Status", {"test": True}), ("Status", {}),
        ]
        for method, parameters in calls:
            with self.subTest(method=method, parameters=parameters):
                reply = self.daemon.varlink(method, parameters)
                interface.check(reply,
                                ("struct", interface.methods[method][1]))
        seen = {method for method, _ in calls} | {"Watch", "Snooze"}
        self.assertEqual(seen, set(interface.methods))

    def test_more(self):
        interface = Interface(self.description("io.rapport"))
        self.assertError(SERVICE + ".ExpectedMore", None,
                         self.daemon.varlink, "Watch")
        watch = self.connect()
        watch.send("Watch", more=True)
        self.daemon.varlink("Add", RIGHT_FOR["Add"])
        event = watch.receive()
        self.assertIs(event["continues"], True)
        interface.check(event["parameters"],
                        ("struct", interface.methods["Watch"][1]))
        self.assertEqual(event["parameters"]["event"], "added")
        self.assertEqual(event["parameters"]["reminder"]["id"], 1)
        # Elsewhere more is allowed and makes no difference.
        other = self.connect()
        other.send("List", more=True)
        self.assertFalse(other.receive().get("continues"))

    def test_watchers_that_half_close_still_hear(self):
        watch = self.connect()
        watch.send("Watch", more=True)
        watch.half_close()
        self.daemon.varlink("Add", RIGHT_FOR["Add"])
        self.assertEqual(watch.receive()["parameters"]["event"], "added")

    def test_oneway(self):
        connection = self.connect()
        connection.send("Add", {"text": "quietly", "when": "in 2 days"},
                        oneway=True)
        connection.send("Nope", oneway=True)
        connection.send("Watch", oneway=True, more=True)
        connection.send("List")
        reply = connection.receive()
        self.assertEqual([r["text"] for r in
                          reply["parameters"]["reminders"]], ["quietly"])
        with self.daemon.connect() as hasty:
            hasty.send("Add", {"text": "and gone", "when": "in 3 days"},
                       oneway=True)
        self.assertEqual(self.texts(), ["quietly", "and gone"])

    def test_pipelined_calls_are_answered_in_order(self):
        connection = self.connect()
        calls = b""
        for i in range(300):
            calls += frame("Add", {"text": "n%d" % i, "when": "in 2 days"})
            if i % 10 == 0:
                calls += frame("Nope")
        sender = threading.Thread(target=connection.send_raw, args=(calls,))
        sender.start()
        for i in range(300):
            reminder = connection.receive()["parameters"]["reminder"]
            self.assertEqual(reminder["text"], "n%d" % i)
            self.assertEqual(reminder["id"], i + 1)
            if i % 10 == 0:
                self.assertIn("error", connection.receive())
        sender.join()

    def test_half_closed_clients_are_answered(self):
        connection = self.connect()
        connection.send("Add", RIGHT_FOR["Add"])
        connection.send("List")
        connection.half_close()
        self.assertEqual(connection.receive()["parameters"]["reminder"]["id"],
                         1)
        self.assertEqual(
            len(connection.receive()["parameters"]["reminders"]), 1)
        self.assertIsNone(connection.receive())


RIGHT_FOR = {"Add": {"text": RIGHT["text"], "when": RIGHT["when"]}}


class Parameters(SocketTest):
    """Every parameter of every method, as the daemon itself describes them."""

    def setUp(self):
        super().setUp()
        self.interface = Interface(self.description("io.rapport"))
        self.connection = self.connect()

    def error(self, method, parameters):
        self.connection.send(method, parameters, more=(method == "Watch"))
        reply = self.connection.receive()
        self.assertIsNotNone(reply, "hung up after %s %s" %
                             (method, parameters))
        self.assertIn("error", reply, "taken: %s %s" % (method, parameters))
        return reply["error"], reply["parameters"].get("parameter")

    @staticmethod
    def required(fields):
        return {name: RIGHT[name] for name, kind in fields.items()
                if kind[0] != "maybe"}

    def test_wrong_types_are_named_and_nothing_is_stored(self):
        for method, (fields, _) in self.interface.methods.items():
            for name, kind in fields.items():
                kind = kind[1] if kind[0] == "maybe" else kind
                many = kind[0] == "array"
                wrong = WRONG[(kind[1] if many else kind)[0]]
                if many:
                    wrong = [w for w in wrong if not isinstance(w, list)]
                    wrong = wrong + [[w] for w in wrong] + [[None]]
                for value in wrong:
                    given = dict(self.required(fields), **{name: value})
                    self.assertEqual(
                        self.error(method, given),
                        (SERVICE + ".InvalidParameter", name),
                        (method, given))
        self.assertEqual(self.texts(), [])

    def test_unknown_parameters_are_named(self):
        for method, (fields, _) in self.interface.methods.items():
            given = dict(self.required(fields), nosuch=None)
            self.assertEqual(self.error(method, given),
                             (SERVICE + ".InvalidParameter", "nosuch"))

    def test_required_parameters_are_named(self):
        for method, (fields, _) in self.interface.methods.items():
            required = self.required(fields)
            for name in required:
                for value in ({}, {name: None}):
                    given = dict({k: v for k, v in required.items()
                                  if k != name}, **value)
                    self.assertEqual(self.error(method, given),
                                     (SERVICE + ".InvalidParameter", name))

    def test_texts_are_bounded(self):
        longest = "é" * 2048
        self.daemon.varlink("Add", {"text": longest, "when": "in 2 days"})
        for parameters, name in (
                ({"text": longest + "x", "when": "in 2 days"}, "text"),
                ({"text": "", "when": "in 2 days"}, "text"),
                ({"text": " \n", "when": "in 2 days"}, "text"),
                ({"text": "x", "when": "in 2 days", "need": longest + "x"},
                 "need"),
                ({"text": "x", "when": "xyzzy"}, "when"),
                ({"text": "x", "when": ""}, "when"),
                ({"text": "x", "when": "9am " * 10000}, "when")):
            self.assertEqual(self.error("Add", parameters),
                             ("io.rapport.NotUnderstood", name))
        self.assertEqual(self.texts(), [longest])


class Misbehaviour(SocketTest):
    """Clients that are wrong, slow or many. Afterwards all is as before."""

    def setUp(self):
        super().setUp()
        self.daemon.varlink("Add", RIGHT_FOR["Add"])

    def tearDown(self):
        self.assertEqual(self.texts(), [RIGHT["text"]])

    def test_garbage(self):
        add = b'{"method":"io.rapport.Add","parameters":'
        for data in (
                b"\0", b"x\0", b"[]\0", b"{}\0", b"null\0", b"{\0",
                b"GET / HTTP/1.1\r\n\r\n\0", os.urandom(3000) + b"\0",
                b'{"method":1}\0', b'{"method":"io.rapport.List"}}\0',
                b'{"method":"io.rapport.List","more":"yes"}\0',
                b'{"method":"io.rapport.List","upgrade":true}\0',
                b'{"method":"io.rapport.List","parameters":[]}\0',
                # Invalid UTF-8, a NUL, a surrogate, a key twice.
                add + b'{"text":"\xff","when":"in 2 days"}}\0',
                add + b'{"text":"\xc0\xaf","when":"in 2 days"}}\0',
                add + b'{"text":"\\u0000","when":"in 2 days"}}\0',
                add + b'{"text":"\\ud800","when":"in 2 days"}}\0',
                add + b'{"text":"a","text":"b","when":"in 2 days"}}\0',
                b"[" * 200000 + b"\0"):
            with self.subTest(data=data[:60]):
                connection = self.connect()
                connection.send("List")
                connection.send_raw(data)
                # What came before it is answered.
                parameters_of(connection.receive())
                self.assertIsNone(connection.receive())

    def test_frames_are_bounded(self):
        connection = self.connect()
        with self.assertRaises((BrokenPipeError, ConnectionResetError)):
            for _ in range(1000):
                connection.send_raw(b" " * 4096)
        # As long as is allowed, but no text for us.
        connection = self.connect()
        call = frame("Add", {"text": "x" * 262000, "when": "in 2 days"})
        self.assertLess(len(call), 256 * 1024)
        sender = threading.Thread(target=connection.send_raw, args=(call,))
        sender.start()
        self.assertEqual(connection.receive()["error"],
                         "io.rapport.NotUnderstood")
        sender.join()

    def test_half_frames_rest_for_ever(self):
        call = frame("List")
        for cut in range(1, len(call)):
            self.connect().send_raw(call[:cut])
        slow = self.connect()
        for byte in call:
            slow.send_raw(bytes([byte]))
        parameters_of(slow.receive())

    def test_hundreds_of_idle_clients(self):
        idle = [self.connect() for _ in range(IDLE_CLIENTS)]
        for connection in idle[::2]:
            connection.send_raw(b'{"method"')
        self.assertEqual(self.daemon.ctl("list").rc, 0)
        for connection in idle[1::2]:
            connection.send("List")
        for connection in idle[1::2]:
            parameters_of(connection.receive())
        self.assertEqual(self.cpu_while_idle(), 0)

    def cpu_while_idle(self):
        """Clock ticks that rapportd uses in a while."""
        def ticks():
            with open("/proc/%d/stat" % self.daemon.pid) as file:
                fields = file.read().rsplit(")", 1)[1].split()
            return int(fields[11]) + int(fields[12])

        self.texts()
        before = ticks()
        time.sleep(0.5)
        return ticks() - before

    def test_more_clients_than_there_is_room_for(self):
        for _ in range(700):
            self.connect()
        self.assertEqual(self.daemon.ctl("list").rc, 0)

    def test_clients_that_leave_early(self):
        for i in range(200):
            with self.daemon.connect() as connection:
                connection.send("Watch" if i % 2 else "List",
                                more=bool(i % 2))
        self.texts()
        files = os.listdir("/proc/%d/fd" % self.daemon.pid)
        self.assertLess(len(files), 50)

    def test_clients_that_never_read(self):
        connection = self.connect()
        connection.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
        connection.socket.settimeout(1)
        # It may send until its own socket is full; nobody else waits.
        with self.assertRaises(socket.timeout):
            while True:
                connection.send(SERVICE + ".GetInterfaceDescription",
                                {"interface": "io.rapport"})
        started = time.monotonic()
        self.texts()
        self.assertLess(time.monotonic() - started, 1)

    def test_a_flood_starves_nobody(self):
        """Others are served, and SIGTERM is heard, while one client never
        stops sending."""
        connection = self.connect()
        call = frame("List", oneway=True) * 500

        def flood():
            try:
                while True:
                    connection.send_raw(call)
            except OSError:
                pass    # the daemon has ended

        sender = threading.Thread(target=flood, daemon=True)
        sender.start()
        for _ in range(10):
            started = time.monotonic()
            self.texts()
            self.assertLess(time.monotonic() - started, 2)
        self.daemon.restart()
        sender.join(LIMIT)
        self.assertFalse(sender.is_alive())

    @unittest.skipUnless(os.geteuid() == 0, "needs to be root to be another")
    def test_other_users_are_refused(self):
        for path in (self.daemon.folder,
                     os.path.join(self.daemon.folder, "run"),
                     os.path.dirname(self.daemon.socket_path)):
            os.chmod(path, 0o755)
        os.chmod(self.daemon.socket_path, 0o666)
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                die_with_parent()
                os.setresuid(65534, 65534, 65534)
                connection = Connection(self.daemon.socket_path)
                try:
                    connection.send("List")
                except BrokenPipeError:
                    pass
                status = 0 if connection.receive() is None else 2
            finally:
                os._exit(status)
        self.assertEqual(os.waitpid(pid, 0)[1], 0)
        self.assertIn("another user", self.daemon.log())


class Memory(unittest.TestCase):
    """Measured without the sanitizers."""

    def private_memory(self, daemon):
        """kB that belong to rapportd alone."""
        with open("/proc/%d/smaps_rollup" % daemon.pid) as file:
            return int(re.search(r"Private_Dirty: +(\d+)",
                                 file.read()).group(1))

    @unittest.skipUnless(os.path.exists(program("rapportd", plain=True)),
                         "there is no build without sanitizers")
    def test_long_answers_cost_it_only_for_a_while(self):
        with Daemon(plain=True) as daemon:
            with daemon.connect() as connection:
                for _ in range(40):
                    connection.send_raw(50 * frame(
                        "Add", {"text": "x" * 4000, "when": "in 4 days"}))
                    for _ in range(50):
                        parameters_of(connection.receive())
            before = self.private_memory(daemon)
            for _ in range(3):
                reply = daemon.varlink("List")
                self.assertEqual(len(reply["reminders"]), 2000)
            daemon.varlink("Status")
            self.assertLess(self.private_memory(daemon) - before, 1024)


class Tokens(SocketTest):
    """A request with a token is carried out once."""

    def add(self, text="once", token="t1"):
        return self.daemon.varlink("Add", {
            "text": text, "when": "in 2 days", "token": token})

    def test_the_same_answer_again(self):
        first = self.add()
        self.assertEqual(self.add(), first)
        self.assertEqual(self.add(text="other"), first)
        self.assertEqual(self.texts(), ["once"])
        self.assertEqual(self.add(token="t2")["reminder"]["id"], 2)

    def test_across_kill_9(self):
        first = self.add()
        self.daemon.kill()
        self.daemon.start()
        self.assertEqual(self.add(), first)
        self.assertEqual(self.texts(), ["once"])

    def test_in_one_turn(self):
        connection = self.connect()
        call = frame("Add", {"text": "once", "when": "in 2 days",
                             "token": "t"})
        connection.send_raw(call * 5)
        replies = [connection.receive() for _ in range(5)]
        self.assertEqual(replies, replies[:1] * 5)
        self.assertEqual(self.texts(), ["once"])

    def test_a_refused_request_leaves_no_token(self):
        with self.assertRaises(VarlinkError):
            self.daemon.varlink("Add", {"text": "x", "when": "xyzzy",
                                        "token": "t1"})
        self.add()
        self.assertEqual(self.texts(), ["once"])


class File(unittest.TestCase):
    """The socket's file, its folder, and who may make it."""

    def refused(self, daemon, *args):
        """rapportd must end by itself; the one line that it says."""
        done = subprocess.run([program("rapportd")] + list(args),
                              env=daemon.env, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, timeout=LIMIT,
                              stderr=subprocess.STDOUT)
        self.assertNotEqual(done.returncode, 0)
        lines = done.stdout.decode().splitlines()
        self.assertEqual(len(lines), 1, lines)
        return lines[0]

    def test_modes(self):
        daemon = Daemon(start=False)
        os.mkdir(os.path.dirname(daemon.socket_path), 0o755)
        self.enterContext(daemon).start()
        self.assertEqual(mode(daemon.socket_path), 0o600)
        self.assertEqual(mode(os.path.dirname(daemon.socket_path)), 0o700)

    def test_a_stale_socket_is_replaced(self):
        daemon = self.enterContext(Daemon())
        daemon.kill()
        self.assertTrue(os.path.exists(daemon.socket_path))
        daemon.start()
        self.assertEqual(daemon.varlink("List"), {"reminders": []})

    def test_what_is_no_socket_is_left_alone(self):
        daemon = self.enterContext(Daemon(start=False))
        os.mkdir(os.path.dirname(daemon.socket_path), 0o700)
        with open(daemon.socket_path, "w") as file:
            file.write("mine")
        self.assertIn("no socket", self.refused(daemon))
        with open(daemon.socket_path) as file:
            self.assertEqual(file.read(), "mine")

    def test_a_folder_of_somebody_else_is_refused(self):
        daemon = self.enterContext(Daemon(start=False))
        elsewhere = "/usr"
        if os.geteuid() == 0:
            elsewhere = os.path.join(daemon.folder, "elsewhere")
            os.mkdir(elsewhere)
            os.chown(elsewhere, 65534, 65534)
        os.symlink(elsewhere, os.path.dirname(daemon.socket_path))
        self.refused(daemon)

    def test_a_path_too_long(self):
        daemon = self.enterContext(Daemon(start=False))
        line = self.refused(daemon, "--socket", "/tmp/" + "x" * 120)
        self.assertIn("107", line)

    def test_a_second_one_is_refused(self):
        daemon = self.enterContext(Daemon())
        self.refused(daemon)
        self.assertEqual(daemon.varlink("List"), {"reminders": []})
        # Also one with another socket, but the same database.
        self.refused(daemon, "--socket",
                     os.path.join(daemon.folder, "other.sock"))
        # And with another database, but the same socket.
        line = self.refused(daemon, "--database",
                            os.path.join(daemon.folder, "other.db"))
        self.assertIn("another rapportd listens", line)
        self.assertEqual(daemon.varlink("List"), {"reminders": []})

    def test_twenty_at_once(self):
        daemon = self.enterContext(Daemon(start=False))
        outputs = [open(os.path.join(daemon.folder, "out%d" % i), "w+b")
                   for i in range(20)]
        for output in outputs:
            self.addCleanup(output.close)
        children = [subprocess.Popen(
            [program("rapportd")], env=daemon.env, stdin=subprocess.DEVNULL,
            stdout=output, stderr=output, preexec_fn=die_with_parent)
            for output in outputs]
        try:
            end = time.monotonic() + LIMIT
            while sum(child.poll() is None for child in children) > 1:
                self.assertLess(time.monotonic(), end)
                time.sleep(0.01)
            # One is left, and serves.
            left = [c for c in children if c.poll() is None]
            self.assertEqual(len(left), 1)
            daemon.process = left[0]
            daemon.wait_notify("READY=1")
            self.assertEqual(daemon.varlink("List"), {"reminders": []})
            for child, output in zip(children, outputs):
                if child in left:
                    continue
                self.assertNotEqual(child.returncode, 0)
                output.seek(0)
                text = output.read().decode()
                self.assertRegex(text, re.compile(r"\A[^\n]+\n\Z"))
            daemon.stop()
        finally:
            for child in children:
                child.kill()
                child.wait()


def mode(path):
    return stat.S_IMODE(os.stat(path).st_mode)


if __name__ == "__main__":
    unittest.main()
