"""The units under a real `systemd --user`: enabled, activated by the first
client, killed and restarted, reloaded, hardened, and heard in the journal.

A user manager needs neither systemd as PID 1 nor a login, but a cgroup of its
own (in the root cgroup it would move every process of the machine) and folders
in /run. So it gets a child cgroup, and mount and cgroup namespaces in which
/run is an empty tmpfs. All of it ends with that cgroup. Where we are not root,
or there is no cgroup v2, the tests are skipped.

The programs are those without sanitizers: the leak sanitizer traces its own
process, which the unit's system call filter forbids.
"""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import unittest

import desktop
from base import LIMIT, ROOT, program, read_line, wait_until

NAME, UID = "rapport-test", 64789

# Runs as root in namespaces of its own; $1 is the folder of the test. It ends
# as the user manager.
INSIDE = """
set -eu
mount -t tmpfs -o mode=755 tmpfs /run
mount -t cgroup2 none /sys/fs/cgroup
# What systemd looks for to believe that it was booted, and for namespaces.
mkdir -p /run/systemd/system /run/systemd/unit-root /run/systemd/inaccessible \
    /run/systemd/propagate /run/systemd/incoming /run/systemd/user \
    /run/systemd/journald.conf.d /run/user
mount --bind "$1/passwd" /etc/passwd
mount --bind "$1/group" /etc/group
mkdir -m 0700 /run/user/{uid} /run/home
mkdir /run/programs
cp "$1"/programs/* /run/programs
cp "$1"/units/* /run/systemd/user
printf '[Journal]\\nStorage=volatile\\nReadKMsg=no\\n' \
    >/run/systemd/journald.conf.d/test.conf
chown {uid}:{uid} /run/user/{uid} /run/home

/lib/systemd/systemd-journald &

slice=/sys/fs/cgroup/user.slice/user-{uid}.slice/user@{uid}.service
mkdir -p "$slice"
chown {uid}:{uid} "$slice" "$slice/cgroup.procs" \
    "$slice/cgroup.subtree_control" "$slice/cgroup.threads"
echo $$ >"$slice/cgroup.procs"
exec setpriv --reuid {uid} --regid {uid} --init-groups env -i {environment} \
    /lib/systemd/systemd --user --log-target=journal
"""

BUS = "unix:path=/run/user/%d/bus" % UID


def cgroup_folder():
    """Where this process stands in cgroup v2; None when there is none."""
    mount = None
    with open("/proc/self/mountinfo", encoding="utf-8") as f:
        for line in f:
            left, right = line.split(" - ")
            if right.split()[0] == "cgroup2":
                mount = left.split()[4]
    if mount is None:
        return None
    with open("/proc/self/cgroup", encoding="utf-8") as f:
        for line in f:
            if line.startswith("0::"):
                return mount + line[3:].strip()
    return None


def why_not():
    """What is missing here, or None."""
    if os.geteuid() != 0:
        return "only root can make the cgroup of a user manager"
    for tool in ("unshare", "setpriv", "nsenter", "systemctl",
                 "/lib/systemd/systemd", "/lib/systemd/systemd-journald"):
        if shutil.which(tool) is None:
            return "there is no " + tool
    folder = cgroup_folder()
    if folder is None:
        return "cgroup v2 is not mounted"
    if not os.access(folder, os.W_OK):
        return "%s can't be written to" % folder
    try:
        probe = os.path.join(folder, "rapport-probe-%d" % os.getpid())
        os.mkdir(probe)
        os.rmdir(probe)
    except OSError as error:
        return "no cgroup can be made: %s" % error
    if subprocess.run(["unshare", "-m", "-C", "true"], check=False,
                      stderr=subprocess.DEVNULL).returncode != 0:
        return "namespaces are not allowed here"
    return None


class UserManager:
    """A systemd --user of an invented user, with a journal and a desktop."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="rapport-test.")
        os.chmod(self.folder, 0o755)
        self.cgroup = os.path.join(cgroup_folder(),
                                   "rapport-test-%d" % os.getpid())
        self.env = {
            "HOME": "/run/home",
            "USER": NAME,
            "LANG": "C.UTF-8",
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "XDG_RUNTIME_DIR": "/run/user/%d" % UID,
            "DBUS_SESSION_BUS_ADDRESS": BUS,
        }
        self.process = None
        self.helpers = []

    def start(self):
        self._write_accounts()
        self._copy_programs()
        os.mkdir(self.cgroup)
        environment = " ".join("%s=%s" % pair for pair in self.env.items())
        script = os.path.join(self.folder, "inside")
        with open(script, "w", encoding="utf-8") as f:
            f.write(INSIDE.format(uid=UID, environment=environment))
        # Into the cgroup first: its namespace begins where one stands.
        self.process = subprocess.Popen(
            ["sh", "-c", 'echo $$ >"$1/cgroup.procs" && exec unshare -m -C '
             '--propagation private sh "$2" "$3"', "sh", self.cgroup, script,
             self.folder], stdin=subprocess.DEVNULL, env={
                 "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"})
        wait_until(self._answers, "the user manager")

    def stop(self):
        """Everything in the cgroup is killed, and the cgroup removed."""
        for helper in reversed(self.helpers):
            helper.kill()
            helper.wait()
        if os.path.isdir(self.cgroup):
            self._kill_cgroup()
        if self.process is not None:
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _kill_cgroup(self):
        kill = os.path.join(self.cgroup, "cgroup.kill")
        if os.path.exists(kill):
            with open(kill, "w", encoding="ascii") as f:
                f.write("1")
        else:  # Linux before 5.14
            for folder, _, _ in os.walk(self.cgroup):
                with open(os.path.join(folder, "cgroup.procs"),
                          encoding="ascii") as f:
                    for pid in f.read().split():
                        os.kill(int(pid), signal.SIGKILL)

        def removed():
            for folder, _, _ in os.walk(self.cgroup, topdown=False):
                try:
                    os.rmdir(folder)
                except OSError:
                    return False  # its processes are still ending
            return True

        wait_until(removed, "an empty cgroup")

    def _write_accounts(self):
        for file, line in (("passwd", "%s:x:%d:%d::/run/home:/bin/sh"),
                           ("group", "%s:x:%d:%.0s")):
            with open("/etc/" + file, encoding="utf-8") as f:
                text = f.read()
            with open(os.path.join(self.folder, file), "w",
                      encoding="utf-8") as f:
                f.write(text.rstrip("\n") + "\n" +
                        line % (NAME, UID, UID) + "\n")

    def _copy_programs(self):
        programs = os.path.join(self.folder, "programs")
        units = os.path.join(self.folder, "units")
        os.mkdir(programs)
        os.mkdir(units)
        for name in ("rapportd", "rapportctl", "rapport-notifier"):
            shutil.copy(program(name, plain=True), programs)
        systemd = os.path.join(ROOT, "systemd")
        with open(os.path.join(systemd, "rapportd.service.in"),
                  encoding="utf-8") as f:
            text = f.read().replace("@BINDIR@", "/run/programs")
        with open(os.path.join(units, "rapportd.service"), "w",
                  encoding="utf-8") as f:
            f.write(text)
        shutil.copy(os.path.join(systemd, "rapportd.socket"), units)

    def _answers(self):
        assert self.process.poll() is None, "the user manager has ended"
        inside = "/proc/%d/root/run/user/%d/systemd/private" % (
            self.process.pid, UID)
        return os.path.exists(inside) and \
            self.systemctl("is-system-running").out in ("running", "degraded")

    # --- inside

    def command(self, *args, root=False):
        """args as the user (or root) in the namespaces of the manager."""
        enter = ["nsenter", "-t", str(self.process.pid), "-m", "-C"]
        if root:
            return enter + list(args)
        return enter + ["setpriv", "--reuid", str(UID), "--regid", str(UID),
                        "--init-groups", "env", "-i"] + \
            ["%s=%s" % pair for pair in self.env.items()] + list(args)

    def run(self, *args, root=False, check=False):
        done = subprocess.run(
            self.command(*args, root=root), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=LIMIT,
            encoding="utf-8", cwd="/")
        done.out, done.err = done.stdout.strip(), done.stderr.strip()
        assert not check or done.returncode == 0, "%s: %d %s %s" % (
            " ".join(args), done.returncode, done.out, done.err)
        return done

    def systemctl(self, *args, check=False):
        return self.run("systemctl", "--user", *args, check=check)

    def ctl(self, *args, check=True):
        return self.run("/run/programs/rapportctl", *args, check=check)

    def show(self, unit, prop):
        return self.systemctl("show", "-P", prop, unit, check=True).out

    def is_active(self, unit="rapportd.service"):
        return self.show(unit, "ActiveState") == "active"

    def journal(self):
        """What rapportd said, newest last; dicts."""
        self.run("journalctl", "--sync", root=True)
        lines = self.run("journalctl", "-o", "json", "--no-pager",
                         "_SYSTEMD_USER_UNIT=rapportd.service",
                         root=True, check=True).out.splitlines()
        return [json.loads(line) for line in lines]

    def path(self, path):
        """A file inside, as it is reached from here."""
        return "/proc/%d/root%s" % (self.process.pid, path)

    def write(self, path, text):
        """A file of the user's."""
        folder = os.path.dirname(path)
        self.run("mkdir", "-p", folder, check=True)
        with open(self.path(path), "w", encoding="utf-8") as f:
            f.write(text)
        os.chown(self.path(path), UID, UID)

    # --- the desktop

    def spawn(self, *args, **options):
        helper = subprocess.Popen(
            self.command(*args), stdin=subprocess.DEVNULL, cwd="/",
            preexec_fn=desktop.die_with_parent, **options)
        self.helpers.append(helper)
        return helper

    def start_desktop(self):
        """A bus, a display and dunst, as the user; the manager is told of the
        display as a desktop does."""
        self.write("/run/home/bus.conf", desktop.BUS_CONFIG.format(
            folder="/run/user/%d" % UID, socket="bus", services=""))
        bus = self.spawn("dbus-daemon", "--config-file=/run/home/bus.conf",
                         "--nofork", "--print-address=1",
                         stdout=subprocess.PIPE, bufsize=0)
        read_line(bus.stdout.fileno())
        ours, theirs = os.pipe()
        self.spawn("Xvfb", "-displayfd", str(theirs), "-screen", "0",
                   "640x480x24", "-nolisten", "tcp", pass_fds=(theirs,),
                   stderr=subprocess.DEVNULL)
        os.close(theirs)
        self.env["DISPLAY"] = ":" + read_line(ours).strip()
        os.close(ours)
        self.systemctl("set-environment", "DISPLAY=" + self.env["DISPLAY"],
                       check=True)
        self.write("/run/home/menu", desktop.MENU.format(folder="/run/home"))
        os.chmod(self.path("/run/home/menu"), 0o755)
        self.write("/run/home/dunstrc", desktop.DUNST_CONFIG.format(
            folder="/run/home", extra=""))
        self.spawn("dunst", "-conf", "/run/home/dunstrc",
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_until(lambda: self.displayed() == "0", "dunst")

    def displayed(self):
        return self.run("dunstctl", "count", "displayed").out

    def press(self, label):
        self.write("/run/home/button", label)
        self.run("dunstctl", "context", check=True)


class SystemdTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        reason = why_not()
        if reason is not None:
            raise unittest.SkipTest(reason)
        cls.manager = UserManager()
        cls.addClassCleanup(cls.manager.stop)
        cls.manager.start()

    def setUp(self):
        """Enabled and running, as after the installation, and empty."""
        m = self.manager
        m.systemctl("stop", "rapportd.socket", "rapportd.service")
        m.systemctl("reset-failed")
        m.run("rm", "-rf", "/run/home/.local/share/rapport",
              "/run/home/.config/rapport", check=True)
        m.systemctl("enable", "--now", "rapportd.socket", "rapportd.service",
                    check=True)

    def test_enabled_at_login(self):
        m = self.manager
        self.assertTrue(m.is_active())
        self.assertTrue(m.is_active("rapportd.socket"))
        wants = m.run("find", "/run/home/.config/systemd/user", "-type", "l",
                      "-printf", "%P\\n", check=True).out.splitlines()
        self.assertEqual(sorted(wants), [
            "default.target.wants/rapportd.service",
            "sockets.target.wants/rapportd.socket"])
        m.ctl("status")
        socket = os.stat(m.path("/run/user/%d/rapport/rapportd.sock" % UID))
        self.assertEqual(socket.st_mode & 0o777, 0o600)
        folder = os.stat(m.path("/run/user/%d/rapport" % UID))
        self.assertEqual(folder.st_mode & 0o777, 0o700)
        m.systemctl("disable", "--now", "rapportd.service", "rapportd.socket",
                    check=True)
        self.assertFalse(os.path.exists(
            m.path("/run/user/%d/rapport/rapportd.sock" % UID)))

    def test_first_client_activates(self):
        m = self.manager
        m.systemctl("stop", "rapportd.service")
        self.assertFalse(m.is_active())
        self.assertTrue(m.is_active("rapportd.socket"))
        m.ctl("add", "Call Dana", "in 2h")
        self.assertTrue(m.is_active())
        self.assertIn("Call Dana", m.ctl("list").out)

    def test_started_by_hand_it_leaves_the_work_to_the_unit(self):
        m = self.manager
        m.systemctl("stop", "rapportd.service")
        done = m.run("/run/programs/rapportd")
        self.assertEqual(done.returncode, 0, done.err)
        wait_until(m.is_active, "the unit, activated")
        m.ctl("status")

    def test_killed_and_restarted(self):
        m = self.manager
        m.ctl("add", "Call Dana", "in 2h")
        pid = m.show("rapportd.service", "MainPID")
        m.systemctl("kill", "--signal=KILL", "rapportd.service", check=True)
        # The socket stays, so a client just waits for the next daemon.
        self.assertIn("Call Dana", m.ctl("list").out)
        self.assertTrue(m.is_active())
        self.assertNotEqual(m.show("rapportd.service", "MainPID"), pid)

    def test_killed_again_and_again(self):
        """It is never given up, nor is the socket."""
        m = self.manager
        m.ctl("add", "Call Dana", "in 2h")
        for _ in range(8):
            m.systemctl("kill", "--signal=KILL", "rapportd.service",
                        check=True)
            self.assertIn("Call Dana", m.ctl("list").out)
        # ... and without a client too.
        pid = m.show("rapportd.service", "MainPID")
        m.systemctl("kill", "--signal=KILL", "rapportd.service", check=True)
        wait_until(lambda: m.is_active() and
                   m.show("rapportd.service", "MainPID") not in (pid, "0"),
                   "the daemon, restarted")
        self.assertTrue(m.is_active("rapportd.socket"))

    def test_reload(self):
        m = self.manager
        conf = "/run/home/.config/rapport/rapport.conf"
        m.write(conf, "[popup]\nlatr = 2h\n")
        pid = m.show("rapportd.service", "MainPID")
        m.systemctl("reload", "rapportd.service", check=True)

        def complained():
            return [line for line in m.journal()
                    if "rapport.conf:2: " in line["MESSAGE"]
                    and "did you mean later?" in line["MESSAGE"]]

        wait_until(complained, "a complaint in the journal")
        self.assertEqual(m.show("rapportd.service", "MainPID"), pid)
        m.ctl("status")

    def test_journal(self):
        """Each line has its priority, taken off its text."""
        m = self.manager
        m.ctl("status")
        lines = m.journal()
        self.assertTrue(lines)
        for line in lines:
            self.assertNotRegex(line["MESSAGE"], "^<[0-9]>")
        self.assertIn("6", [line["PRIORITY"] for line in lines])

    def test_newer_database_is_not_tried_again(self):
        m = self.manager
        m.systemctl("stop", "rapportd.service")
        # PRAGMA user_version, as it lies in the file's header.
        database = m.path("/run/home/.local/share/rapport/rapport.db")
        self.assertFalse(os.path.exists(database + "-wal"))
        with open(database, "r+b") as f:
            f.seek(60)
            f.write((99999).to_bytes(4, "big"))
        before = m.show("rapportd.service", "NRestarts")
        done = m.ctl("list", check=False)
        self.assertEqual(done.returncode, 1, done.err)
        self.assertIn("newer", done.err)
        wait_until(lambda: m.show("rapportd.service", "ActiveState") ==
                   "failed", "a failed unit")
        self.assertEqual(m.show("rapportd.service", "ExecMainStatus"), "78")
        self.assertEqual(m.show("rapportd.service", "NRestarts"), before)
        self.assertTrue(m.is_active("rapportd.socket"))

    def test_hardened(self):
        """What the unit forbids is forbidden to what runs in it."""
        m = self.manager
        pid = m.show("rapportd.service", "MainPID")
        with open("/proc/%s/status" % pid, encoding="ascii") as f:
            status = dict(line.rstrip("\n").split(":\t", 1) for line in f
                          if ":\t" in line)
        self.assertEqual(status["NoNewPrivs"], "1")
        self.assertEqual(status["Seccomp"], "2")
        self.assertEqual(status["Umask"], "0077")

    def with_desktop(self):
        if "DISPLAY" not in self.manager.env:
            self.manager.start_desktop()
            self.manager.systemctl("restart", "rapportd.service", check=True)

    def test_popup(self):
        """A pop-up stands and its button works, filter and all."""
        m = self.manager
        self.with_desktop()
        m.ctl("add", "Call Dana Novak", "in 2s")
        wait_until(lambda: m.displayed() == "1", "the pop-up")
        m.press("Done")
        wait_until(lambda: m.displayed() == "0", "the pop-up closed")
        wait_until(lambda: json.loads(m.ctl("--json", "show", "1").out)
                   ["state"] == "done", "the reminder done")
        self.assertTrue(m.is_active())
        denied = [line["MESSAGE"] for line in m.journal()
                  if "SIGSYS" in line["MESSAGE"]]
        self.assertEqual(denied, [])

    def test_details_are_shown_outside_of_the_unit(self):
        """What binds the daemon does not bind the terminal of the user's."""
        m = self.manager
        m.write("/run/home/.config/rapport/rapport.conf",
                "[popup]\ndetails_command = $(command -v cat) "
                "/proc/self/status /proc/self/cgroup >/run/home/new-{id} && "
                "{ sleep 1 && mv /run/home/new-{id} /run/home/details-{id} & }"
                "\n")
        self.with_desktop()
        m.systemctl("restart", "rapportd.service", check=True)
        m.ctl("add", "Call Dana Novak", "in 2s")
        wait_until(lambda: m.displayed() == "1", "the pop-up")
        m.press("Open")
        details = m.path("/run/home/details-1")
        wait_until(lambda: os.path.exists(details), "the details")
        with open(details, encoding="utf-8") as f:
            text = f.read()
        self.assertIn("\nNoNewPrivs:\t0\n", text)
        self.assertIn("\nSeccomp:\t0\n", text)
        self.assertNotIn("rapportd.service", text)
        self.assertEqual(json.loads(m.ctl("--json", "show", "1").out)
                         ["state"], "ringing")


if __name__ == "__main__":
    unittest.main()
