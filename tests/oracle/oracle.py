"""Random questions, and who answers them.

The programs in BUILD/oracle read questions from standard input and answer with
a line each (see ours.c and libical.c). RAPPORT_SEEDS says how many seeds a test
goes through: `make check` takes one, the same each time; `make check-long` the
first and more.
"""

import os
import random
import subprocess
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
# Without sanitizers: what is random needs numbers, not slow motion.
BUILD = os.path.join(ROOT, os.environ.get("RAPPORT_BUILD_PLAIN", "build"))

SEEDS = range(1, int(os.environ.get("RAPPORT_SEEDS") or 1) + 1)

SHOWN = 20  # differences that a failure shows


def randoms(purpose):
    """A generator of random numbers for each seed; each purpose has its own,
    so that a test does not change when another one does."""
    for seed in SEEDS:
        yield random.Random(f"{purpose} {seed}")


def ask(name, questions):
    """The answers of the program of that name to the questions."""
    questions = list(map(str, questions))
    program = os.path.join(BUILD, "oracle", name)
    output = subprocess.run([program], input="\n".join(questions) + "\n",
                            stdout=subprocess.PIPE, encoding="ascii",
                            check=True).stdout
    answers = output.splitlines()
    assert len(answers) == len(questions), \
        f"{name} gave {len(answers)} answers to {len(questions)} questions"
    return answers


def wall_text(c):
    """A naive datetime as the programs write it."""
    return (f"{c.year:04}{c.month:02}{c.day:02}"
            f"T{c.hour:02}{c.minute:02}{c.second:02}")


class OracleTest(unittest.TestCase):
    """figures is what tests/run shows of a test that passed: what was
    compared, and how often."""

    def setUp(self):
        self.figures = []
        self.different = []

    def figure(self, text):
        self.figures.append(text)

    def differs(self, text):
        self.different.append(text)

    def tearDown(self):
        if self.different:
            self.fail("%d differences:\n%s" % (
                len(self.different), "\n".join(self.different[:SHOWN])))
