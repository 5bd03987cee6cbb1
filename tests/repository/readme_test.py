#!/usr/bin/env python3
"""README's console blocks are true: each `$ command` runs, and what it prints is what the page shows. `...` on a line of its own stands for any lines,
at the end of a line for the rest of it. Usage: readme_test.py BUILD_FOLDER"""
import os
import pathlib
import re
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(sys.argv[1]).resolve()


def examples():
    """(command, lines shown) of every console block."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for block in re.findall(r"```console\n(.*?)```", text, re.S):
        command, shown = None, []
        for line in block.splitlines():
            if line.startswith("$ "):
                if command:
                    yield command, shown
                command, shown = line[2:], []
            else:
                shown.append(line)
        if command:
            yield command, shown


def matches(shown, printed):
    pattern = ""
    for line in shown:
        if line == "...":
            pattern += r"(?:.*\n)*?"
        elif line.endswith("..."):
            pattern += re.escape(line[:-3]) + r".*\n"
        else:
            pattern += re.escape(line) + r"[ ]*\n"
    return re.fullmatch(pattern, printed) is not None


def main():
    store = BUILD / "readme.gpkg"
    store.unlink(missing_ok=True)  # an older program's store is refused, not replaced
    environment = dict(os.environ, LANG="C.UTF-8", LC_ALL="C.UTF-8", COLUMNS="80", PATH=f"{BUILD}/server/cli:{os.environ['PATH']}")
    for manifest in ("manifest", "manifest-open"):
        subprocess.run([BUILD / "server/cli/wardwatch", "load", BUILD / f"sample/{manifest}.toml", "--store", store], check=True, stdout=subprocess.DEVNULL)
    server = subprocess.Popen([BUILD / "server/wardwatchd", "--store", store, "--listen", "127.0.0.1:0", "--http", "127.0.0.1:0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    failures = 0
    count = 0
    try:
        environment["WARDWATCH_SERVER"] = server.stdout.readline().strip().removeprefix("listening on ")
        environment["WARDWATCH_WEB"] = "http://" + server.stdout.readline().strip().removeprefix("http on ")
        for command, shown in examples():
            started = time.monotonic()
            done = subprocess.run(["bash", "-c", command + " 2>&1"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
            held = matches(shown, done.stdout)
            count += 1
            failures += not held
            print(f"{'ok  ' if held else 'FAIL'} {time.monotonic() - started:6.1f} s  $ {command}")
            if not held:
                print("--- the page shows\n" + "\n".join(shown) + "\n--- it prints\n" + done.stdout)
    finally:
        server.terminate()
        server.wait()
    print(f"{count} examples, {failures} untrue")
    return 1 if failures or count < 4 else 0


if __name__ == "__main__":
    sys.exit(main())
