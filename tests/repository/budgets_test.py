#!/usr/bin/env python3
"""Rough budgets: source 400 lines, header 200, function 60, RPC body 12. Prints every offender; fails when there is one that ALLOWED does not explain."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
LINES = {".cc": 400, ".h": 200}
FUNCTION_LINES = 60
RPC_LINES = 12
# path or path:function -> why it may be longer.
ALLOWED = {}


def functions(text):
    """(name, lines) of every function at namespace scope, and of methods of service classes: a line that opens a body, to the brace in its column."""
    lines = text.split("\n")
    for i, line in enumerate(lines):
        if not line.endswith("{") or re.match(r"\s*(namespace|class|struct|enum|union|extern|#|//|if|for|while|switch|else|do|try|return|case|\})", line):
            continue
        head = re.match(r"( *)\S", line)
        name = re.search(r"([\w:~]+)\s*\(", line)
        if not head or not name or len(head.group(1)) > 2:
            continue
        close = head.group(1) + "}"
        for j in range(i + 1, len(lines)):
            if lines[j].startswith(close):
                yield name.group(1), j - i + 1
                break


def offenders():
    for folder in ("geo", "server", "datasets"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix not in LINES:
                continue
            name = str(path.relative_to(ROOT))
            text = path.read_text(encoding="utf-8")
            count = text.count("\n")
            if count > LINES[path.suffix]:
                yield name, f"{count} lines, budget {LINES[path.suffix]}"
            for function, size in functions(text):
                budget = RPC_LINES if "/rpc/" in name and path.name.endswith("_service.cc") else FUNCTION_LINES
                if size > budget:
                    yield f"{name}:{function}", f"{size} lines, budget {budget}"


def main():
    found = dict(offenders())
    bad = [name for name in found if name not in ALLOWED]
    stale = [name for name in ALLOWED if name not in found]
    for name, what in found.items():
        print(("allowed  " if name in ALLOWED else "OFFENDER ") + f"{name}: {what}" + (f" ({ALLOWED[name]})" if name in ALLOWED else ""))
    for name in stale:
        print(f"STALE    {name} is in ALLOWED and within its budget: take it out")
    return 1 if bad or stale else 0


if __name__ == "__main__":
    sys.exit(main())
