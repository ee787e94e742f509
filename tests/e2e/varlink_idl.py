"""Varlink's interface definition language, read strictly by its grammar
(https://varlink.org/Interface-Definition), and values checked against it.

Written from the specification alone, as a second opinion on what rapportd says
of itself.
"""

import re

TOKEN = re.compile(r"""
    (?P<blank>(?:[ \t]|\#[^\n]*(?:\n|\Z)|\n)+)
  | (?P<word>[A-Za-z][A-Za-z0-9._-]*)
  | (?P<mark>->|\[\]|\[string\]|[():,?])
""", re.VERBOSE)

INTERFACE = re.compile(r"[A-Za-z](-*[A-Za-z0-9])*"
                       r"(\.[A-Za-z0-9](-*[A-Za-z0-9])*)+\Z")
NAME = re.compile(r"[A-Z][A-Za-z0-9]*\Z")
FIELD = re.compile(r"[A-Za-z](_?[A-Za-z0-9])*\Z")
BUILT_IN = ("bool", "int", "float", "string", "object")


class Syntax(AssertionError):
    """The text is not what the grammar allows."""


class Interface:
    """name; types, errors: name → fields; methods: name → (in, out). fields is
    a dict name → type; a type is a tuple: ("maybe", type), ("array", type),
    ("map", type), ("struct", fields), ("enum", names), ("name", name) or one
    of the built-in ones, such as ("int",)."""

    def __init__(self, text):
        self._text = text
        self._tokens = self._split(text)
        self._at = 0
        self.types, self.methods, self.errors = {}, {}, {}
        self._read()
        self._check_names()

    @staticmethod
    def _split(text):
        tokens, at = [], 0
        while at < len(text):
            match = TOKEN.match(text, at)
            if not match:
                raise Syntax("what is this? %r" % text[at:at + 30])
            tokens.append((match.lastgroup, match.group(), at))
            at = match.end()
        return tokens

    # --- reading

    def _peek(self):
        return self._tokens[self._at] if self._at < len(self._tokens) \
            else ("end", "", len(self._text))

    def _blank(self):
        """Skip white space, newlines and comments; what was skipped."""
        kind, text, _ = self._peek()
        if kind != "blank":
            return ""
        self._at += 1
        return text

    def _take(self, wanted=None, pattern=None):
        kind, text, at = self._peek()
        if (wanted is not None and text != wanted) or \
                (pattern is not None and
                 not (kind == "word" and pattern.match(text))):
            raise Syntax("%r instead of %s in %r" % (
                text, wanted or pattern.pattern, self._text[:at][-60:]))
        self._at += 1
        return text

    def _read(self):
        self._blank()
        self._take("interface")
        self._space()
        self.name = self._take(pattern=INTERFACE)
        while True:
            between = self._blank()
            if self._peek()[0] == "end":
                break
            if "\n" not in between:
                raise Syntax("a member does not begin on a line of its own")
            self._member()

    def _space(self):
        if not self._blank():
            raise Syntax("blank missing")

    def _member(self):
        word = self._take()
        self._space()
        name = self._take(pattern=NAME)
        for members in (self.types, self.methods, self.errors):
            if name in members:
                raise Syntax("%s twice" % name)
        self._blank()
        if word == "type":
            kind = self._struct_or_enum()
            self.types[name] = kind
        elif word == "error":
            self.errors[name] = self._struct()
        elif word == "method":
            given = self._struct()
            self._blank()
            self._take("->")
            self._blank()
            self.methods[name] = given, self._struct()
        else:
            raise Syntax("%r is no member" % word)

    def _struct(self):
        kind = self._struct_or_enum()
        if kind[0] != "struct":
            raise Syntax("an enumeration where fields are wanted")
        return kind[1]

    def _struct_or_enum(self):
        fields, names = {}, []
        self._take("(")
        self._blank()
        while self._peek()[1] != ")":
            name = self._take(pattern=FIELD)
            if name in fields or name in names:
                raise Syntax("%s twice" % name)
            self._blank()
            if self._peek()[1] == ":":
                self._take(":")
                self._blank()
                fields[name] = self._type()
                self._blank()
            else:
                names.append(name)
            if self._peek()[1] != ")":
                self._take(",")
                self._blank()
                if self._peek()[1] == ")":
                    raise Syntax("a comma before )")
        self._take(")")
        if fields and names:
            raise Syntax("fields and names in one")
        return ("enum", names) if names else ("struct", fields)

    def _type(self, maybe=True):
        text = self._peek()[1]
        if text == "?":
            if not maybe:
                raise Syntax("??")
            self._take()
            return "maybe", self._type(maybe=False)
        if text == "[]":
            self._take()
            return "array", self._type()
        if text == "[string]":
            self._take()
            return "map", self._type()
        if text == "(":
            return self._struct_or_enum()
        if text in BUILT_IN:
            return (self._take(),)
        return "name", self._take(pattern=NAME)

    def _check_names(self):
        def walk(kind):
            if kind[0] == "name" and kind[1] not in self.types:
                raise Syntax("no type is called %s" % kind[1])
            if kind[0] in ("maybe", "array", "map"):
                walk(kind[1])
            if kind[0] == "struct":
                for field in kind[1].values():
                    walk(field)

        for kind in self.types.values():
            walk(kind)
        for given, answer in self.methods.values():
            walk(("struct", given))
            walk(("struct", answer))
        for fields in self.errors.values():
            walk(("struct", fields))
        if not self.methods:
            raise Syntax("no methods")

    # --- checking values

    def check(self, value, kind, where="value"):
        """Fail when a JSON value is not of this type. Every field of a struct
        must be known; one that may be null may be missing."""
        def wrong():
            raise AssertionError("%s is no %s: %r" % (where, kind, value))

        if kind[0] == "name":
            kind = self.types[kind[1]]
        if kind[0] == "maybe":
            if value is not None:
                self.check(value, kind[1], where)
        elif kind[0] == "array":
            if not isinstance(value, list):
                wrong()
            for i, one in enumerate(value):
                self.check(one, kind[1], "%s[%d]" % (where, i))
        elif kind[0] == "struct":
            if not isinstance(value, dict):
                wrong()
            unknown = set(value) - set(kind[1])
            assert not unknown, "%s has unknown fields %s" % (where, unknown)
            for name, field in kind[1].items():
                self.check(value.get(name), field, where + "." + name)
        elif kind[0] == "bool":
            if not isinstance(value, bool):
                wrong()
        elif kind[0] == "int":
            if not isinstance(value, int) or isinstance(value, bool):
                wrong()
        elif kind[0] == "string":
            if not isinstance(value, str):
                wrong()
        elif kind[0] == "object":
            if not isinstance(value, dict):
                wrong()
        else:
            raise NotImplementedError(kind)
