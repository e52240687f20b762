"""As much of R as the reference analyses are written in: reads their code, so that a new case needs no new test
code."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np

TOKEN = re.compile(
    r"""(?P<space>[ \t]+|\#[^\n]*)|(?P<newline>\n)|(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?L?)
    |(?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?P<name>[A-Za-z.][\w.]*|`[^`]+`)
    |(?P<op><-|<=|>=|==|!=|&&|\|\||%[^%]*%|::|[-+*/^~:$()\[\]{},!<>=&|;])""",
    re.VERBOSE,
)
BINDING = {
    "<-": 1,
    "=": 1,
    "~": 3,
    "||": 4,
    "|": 4,
    "&&": 5,
    "&": 5,
    "==": 7,
    "!=": 7,
    "<": 7,
    ">": 7,
    "<=": 7,
    ">=": 7,
    "+": 8,
    "-": 8,
    "*": 9,
    "/": 9,
    ":": 11,
    "^": 13,
}
MISSING = ("missing",)


@dataclass(frozen=True)
class Formula:
    sides: tuple[Any, ...]
    where: "Scope"


class Scope:
    def __init__(self, names: dict[str, Any], above: "Scope | None" = None) -> None:
        self.names, self.above = names, above

    def find(self, name: str) -> Any:
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name]
            scope = scope.above
        raise NameError(name)


class Parser:
    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str, int]] = []
        at = 0
        while at < len(text):
            found = TOKEN.match(text, at)
            assert found, f"cannot read {text[at : at + 20]!r}"
            if found.lastgroup != "space":
                self.tokens.append((str(found.lastgroup), found.group(), at))
            at = found.end()
        self.tokens.append(("end", "", at))
        self.at, self.depth = 0, 0

    def peek(self) -> tuple[str, str, int]:
        while self.depth and self.tokens[self.at][0] == "newline":
            self.at += 1
        return self.tokens[self.at]

    def after(self) -> tuple[str, str, int]:
        at = self.at + 1
        while self.tokens[at][0] == "newline":
            at += 1
        return self.tokens[at]

    def take(self, text: str | None = None) -> tuple[str, str, int]:
        token = self.peek()
        assert text is None or token[1] == text, f"expected {text}, found {token}"
        self.at += 1
        return token

    def expression(self, least: int = 0) -> Any:
        self.skip()
        left = self.prefix()
        while True:
            _, op, _ = self.peek()
            if op in ("(", "[", "$", "::"):
                left = self.postfix(left, op)
            elif (power := BINDING.get(op, 10 if op.startswith("%") else 0)) > least or (op == "^" and least == 13):
                self.take()
                right = self.expression(power - 1 if op in ("<-", "=", "^") else power)
                left = (
                    ("assign", left, right)
                    if op in ("<-", "=")
                    else ("call", ("name", op), [(None, left), (None, right)])
                )
            else:
                return left

    def skip(self) -> None:
        while self.tokens[self.at][0] == "newline":
            self.at += 1

    def prefix(self) -> Any:
        kind, text, _ = self.take()
        if kind == "number":
            return ("value", float(text.rstrip("L")))
        if kind == "string":
            return ("value", text[1:-1])
        if text in ("-", "+", "!", "~"):
            power = {"-": 12, "+": 12, "!": 6, "~": 3}[text]
            return ("call", ("name", text), [(None, self.expression(power))])
        if text == "(":
            return self.inside(lambda: self.expression(), ")")
        if text == "{":
            return self.block()
        if text == "function":
            names = self.parameters()
            return ("function", names, self.expression())
        if text == "for":
            self.take("(")
            name = self.take()[1]
            self.take("in")
            over = self.inside(lambda: self.expression(), ")")
            return ("for", name, over, self.expression())
        if text == "if":
            self.take("(")
            test = self.inside(lambda: self.expression(), ")")
            then = self.expression()
            mark = self.at
            self.skip()
            if self.tokens[self.at][1] == "else":
                self.at += 1
                return ("if", test, then, self.expression())
            self.at = mark
            return ("if", test, then, ("value", None))
        constants = {"TRUE": True, "FALSE": False, "NULL": None, "NA": float("nan"), "Inf": float("inf"), "pi": np.pi}
        return ("value", constants[text]) if text in constants else ("name", text.strip("`"))

    def inside(self, read: Callable[[], Any], close: str) -> Any:
        self.depth += 1
        found = read()
        self.take(close)
        self.depth -= 1
        return found

    def block(self) -> Any:
        depth, self.depth, lines = self.depth, 0, []
        while True:
            while self.tokens[self.at][0] == "newline" or self.tokens[self.at][1] == ";":
                self.at += 1
            if self.tokens[self.at][1] == "}":
                break
            lines.append(self.expression())
        self.at += 1
        self.depth = depth
        return ("block", lines)

    def parameters(self) -> list[tuple[str, Any]]:
        self.take("(")
        self.depth += 1
        names: list[tuple[str, Any]] = []
        while self.peek()[1] != ")":
            name = self.take()[1]
            default = MISSING
            if self.peek()[1] == "=":
                self.take()
                default = self.expression(1)
            names.append((name, default))
            if self.peek()[1] == ",":
                self.take()
        self.take(")")
        self.depth -= 1
        return names

    def postfix(self, left: Any, op: str) -> Any:
        at = self.take()[2]
        if op == "$":
            return ("dollar", left, self.take()[1].strip('"`'))
        if op == "::":
            return self.prefix()
        if op == "(":
            return ("call", left, self.arguments(")"))
        if self.tokens[self.at][1] == "[" and self.tokens[self.at][2] == at + 1:
            self.take()
            found = self.arguments("]")
            self.take("]")
            return ("index2", left, found)
        return ("index", left, self.arguments("]"))

    def arguments(self, close: str) -> list[tuple[str | None, Any]]:
        self.depth += 1
        found: list[tuple[str | None, Any]] = []
        while self.peek()[1] != close:
            if self.peek()[1] == ",":
                found.append((None, MISSING))
            else:
                name = None
                if self.peek()[0] in ("name", "string") and self.after()[1] == "=":
                    name = self.take()[1].strip("`\"'")
                    self.take()
                found.append((name, self.expression(1)))
            if self.peek()[1] == ",":
                self.take()
                if self.peek()[1] == close and close == "]":
                    found.append((None, MISSING))
        self.take(close)
        self.depth -= 1
        return found


class Machine:
    """Runs what was read. ``lazy`` functions get their arguments unread and see to the data frame themselves."""

    def __init__(self, functions: dict[str, Callable[..., Any]], lazy: dict[str, Callable[..., Any]]) -> None:
        self.functions, self.lazy = functions, lazy

    def run(self, code: str, names: dict[str, Any]) -> Any:
        parser = Parser(code)
        return self.value(parser.expression(), Scope(dict(names)))

    def value(self, tree: Any, scope: Scope) -> Any:
        return getattr(self, "do_" + tree[0])(scope, *tree[1:])

    def do_value(self, scope: Scope, value: Any) -> Any:
        return value

    def do_name(self, scope: Scope, name: str) -> Any:
        try:
            return scope.find(name)
        except NameError:
            if name in self.functions:
                return self.functions[name]
            if name in self.lazy:
                return lambda *a, **k: self.lazy[name](
                    self, scope, [(None, ("value", v)) for v in a] + [(n, ("value", v)) for n, v in k.items()]
                )
            raise

    def do_block(self, scope: Scope, lines: list[Any]) -> Any:
        last = None
        for line in lines:
            last = self.value(line, scope)
        return last

    def do_function(self, scope: Scope, names: list[tuple[str, Any]], body: Any) -> Any:
        def call(*given: Any, **named: Any) -> Any:
            inner = Scope({}, scope)
            left = list(given)
            for name, default in names:
                if name == "...":
                    inner.names["..."] = (left, named)
                elif name in named:
                    inner.names[name] = named.pop(name)
                elif left:
                    inner.names[name] = left.pop(0)
                elif default is not MISSING:
                    inner.names[name] = self.value(default, inner)
            return self.value(body, inner)

        return call

    def do_for(self, scope: Scope, name: str, over: Any, body: Any) -> Any:
        for item in np.atleast_1d(np.asarray(self.value(over, scope), dtype=object)):
            scope.names[name] = item
            self.value(body, scope)

    def do_if(self, scope: Scope, test: Any, then: Any, other: Any) -> Any:
        return self.value(then if self.value(test, scope) else other, scope)

    def do_assign(self, scope: Scope, target: Any, value: Any) -> Any:
        found = self.value(value, scope)
        if target[0] in ("name", "value"):
            scope.names[target[1]] = found
        else:
            key = target[2] if target[0] == "dollar" else self.value(target[2][0][1], scope)
            self.value(target[1], scope)[key] = found
        return found

    def do_dollar(self, scope: Scope, tree: Any, name: str) -> Any:
        found = self.value(tree, scope)
        return found.get(name) if isinstance(found, dict) else getattr(found, name, None)

    def do_index2(self, scope: Scope, tree: Any, which: list[tuple[str | None, Any]]) -> Any:
        found, key = self.value(tree, scope), self.value(which[0][1], scope)
        if isinstance(found, dict) and not isinstance(key, str):
            return list(found.values())[int(key) - 1]
        return found.get(key) if isinstance(found, dict) else found[int(key) - 1]

    def do_index(self, scope: Scope, tree: Any, which: list[tuple[str | None, Any]]) -> Any:
        found = self.value(tree, scope)
        keys = [slice(None) if w is MISSING else self.place(self.value(w, scope)) for _, w in which]
        if isinstance(found, dict) and (len(keys) == 1 or isinstance(keys[0], slice)):
            names = keys[-1] if isinstance(keys[-1], list) else list(np.atleast_1d(keys[-1]))
            return {n: found[n] for n in names}
        if isinstance(found, dict):
            return {n: np.asarray(c)[keys[0]] for n, c in found.items()}
        found = np.asarray(found)
        return found[keys[0]] if len(keys) == 1 else found[keys[0]][..., keys[1]]

    @staticmethod
    def place(key: Any) -> Any:
        """R counts from 1; names and truth values stand for themselves, a negative number leaves out."""
        key = np.asarray(key)
        if key.dtype.kind in "fi":
            whole = key.astype(int)
            if (whole < 0).any():
                return np.setdiff1d(np.arange(10**6), -np.atleast_1d(whole) - 1)
            return whole - 1 if whole.ndim else int(whole) - 1
        return (
            key.tolist()
            if key.dtype.kind in "US"
            else key.astype(bool)
            if key.dtype.kind == "b"
            else list(np.atleast_1d(key))
        )

    def do_call(self, scope: Scope, function: Any, given: list[tuple[str | None, Any]]) -> Any:
        if function[0] == "name":
            name = function[1]
            if name == "~":
                return Formula(tuple(v for _, v in given), scope)
            local = None
            with suppress(NameError):
                local = scope.find(name)
            if not callable(local) and name in self.lazy:
                return self.lazy[name](self, scope, self.spread(scope, given))
        args, named = self.arguments(scope, given)
        return self.value(function, scope)(*args, **named)

    def spread(self, scope: Scope, given: list[tuple[str | None, Any]]) -> list[tuple[str | None, Any]]:
        out: list[tuple[str | None, Any]] = []
        for name, tree in given:
            if tree == ("name", "..."):
                left, named = scope.find("...")
                out += [(None, ("value", v)) for v in left] + [(n, ("value", v)) for n, v in named.items()]
            else:
                out.append((name, tree))
        return out

    def arguments(self, scope: Scope, given: list[tuple[str | None, Any]]) -> tuple[list[Any], dict[str, Any]]:
        args, named = [], {}
        for name, tree in self.spread(scope, given):
            if name is None:
                args.append(self.value(tree, scope))
            else:
                named[name] = self.value(tree, scope)
        return args, named
