#!/usr/bin/env python3
"""Our tiles beside PostGIS's ST_AsMVT on the same points, and our HTTP server beside nginx on the same bytes: the same tiles, in one run, by turns.

    python3 tests/bench/tile_peers.py [BUILD]     BUILD (build/release): with bench_tiles, wardwatchd, and sample.gpkg as server/run makes it

Times are CPU times of the one process that makes the tiles, the best of three turns, so that other work on the machine weighs less. A peer that is not installed
(Debian: postgresql-15-postgis-3, nginx, wrk) is skipped, with a line that says so. Not a test: nothing fails by a ratio.
"""
import glob
import json
import math
import os
import pathlib
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build/release").resolve()
POINTS = 100_000
TURNS = 3
HALF_M = 20037508.342789244

# All tiles of a zoom in one statement, without a buffer, as bench_tiles makes them.
TILES = """SELECT count(*), sum(n), sum(length(mvt)) FROM
  (SELECT min(x >> {shift}) x0, max(x >> {shift}) x1, min(y >> {shift}) y0, max(y >> {shift}) y1 FROM points) box,
  generate_series(x0, x1) tx, generate_series(y0, y1) ty,
  LATERAL (SELECT ST_TileEnvelope({zoom}, tx::int, ty::int) AS e) tile,
  LATERAL (SELECT count(*) n, ST_AsMVT(row, 'incidents', 4096, 'g', 'id') mvt FROM
    (SELECT id, category, ST_AsMVTGeom(p.at, e, 4096, 0, true) g FROM points p WHERE p.at && e) row) one;"""


def skip(what):
    print("skipped: " + what)


def program(name, *folders):
    return shutil.which(name) or next((p for folder in folders for p in sorted(glob.glob(f"{folder}/{name}"))), None)


def stop(process):
    process.send_signal(signal.SIGINT)
    process.wait(30)


class Psql:
    """One session, so that its server process can be watched."""

    def __init__(self, arguments):
        self.process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.pid = int(self.ask("SELECT pg_backend_pid();")[0])

    def ask(self, sql):
        self.process.stdin.write(sql + "\n\\echo end of answer\n")
        self.process.stdin.flush()
        lines = []
        for line in self.process.stdout:
            if line.strip() == "end of answer":
                return lines
            lines.append(line.strip())
        raise SystemExit("psql ended; see its message above")

    def cpu_ms(self):
        return int(pathlib.Path(f"/proc/{self.pid}/schedstat").read_text().split()[0]) / 1e6


def our_tiles(zoom):
    out = subprocess.run([BUILD / "tests/bench/bench_tiles", f"--benchmark_filter=^points/z{zoom}$"], capture_output=True, text=True, check=True).stdout
    tiles, ms = re.search(rf"^points/z{zoom} +(\d+) tiles +([\d.]+) ms", out, re.M).groups()
    return int(tiles), float(ms)


def compare_with_postgis(folder):
    bin_folder = "/usr/lib/postgresql/*/bin"
    initdb, postgres, psql = program("initdb", bin_folder), program("postgres", bin_folder), program("psql", bin_folder)
    if not (initdb and postgres and psql):
        return skip("PostgreSQL is not installed (postgresql-15-postgis-3)")
    if not (BUILD / "tests/bench/bench_tiles").exists():
        return skip(f"{BUILD}/tests/bench/bench_tiles is not built")
    # PostgreSQL refuses to run as root.
    user = None if os.geteuid() != 0 else "postgres" if "postgres" in {one.pw_name for one in pwd.getpwall()} else "nobody"
    as_user, data = {"user": user, "cwd": folder} if user else {}, folder / "data"
    data.mkdir()
    if user:
        shutil.chown(data, user)
    subprocess.run([initdb, "-D", data, "-A", "trust", "-U", "bench", "--no-sync"], check=True, stdout=subprocess.DEVNULL, **as_user)
    server = subprocess.Popen([postgres, "-D", data, "-k", data, "-c", "listen_addresses=", "-c", "fsync=off", "-c", "jit=off",
                               "-c", "max_parallel_workers_per_gather=0"], stderr=subprocess.DEVNULL, **as_user)
    try:
        arguments = [psql, "-XqAt", "-h", data, "-U", "bench", "postgres"]
        while subprocess.run(arguments + ["-c", "SELECT 1"], capture_output=True).returncode != 0:
            if server.poll() is not None:
                return skip("PostgreSQL does not start here")
            time.sleep(0.1)
        if subprocess.run(arguments + ["-c", "CREATE EXTENSION postgis"], capture_output=True).returncode != 0:
            return skip("PostgreSQL is there and PostGIS is not (postgresql-15-postgis-3)")
        subprocess.run([BUILD / "tests/bench/bench_tiles", "--write_points", folder / "points.csv"], check=True)
        session = Psql(arguments)
        print("beside " + session.ask("SELECT 'PostGIS ' || postgis_lib_version() || ', PostgreSQL ' || current_setting('server_version');")[0])
        session.ask(f"CREATE TABLE points (id int, category text, x bigint, y bigint);\n\\copy points FROM '{folder}/points.csv' CSV\n"
                    f"ALTER TABLE points ADD at geometry(Point, 3857); UPDATE points SET at = ST_SetSRID(ST_MakePoint((x + 0.5) / 2^31 * {HALF_M} - {HALF_M}, "
                    f"{HALF_M} - (y + 0.5) / 2^31 * {HALF_M}), 3857); CREATE INDEX ON points USING gist (at); VACUUM ANALYZE points;")
        best = {}
        for _ in range(TURNS):
            for zoom in range(10, 16):
                tiles, ms = our_tiles(zoom)
                begin = session.cpu_ms()
                answer = session.ask(TILES.format(zoom=zoom, shift=32 - zoom))[0].split("|")
                peer_ms = session.cpu_ms() - begin
                # Its boxes are of single precision: a point at an edge may be in two tiles.
                if int(answer[0]) != tiles or not POINTS <= int(answer[1]) <= POINTS * 1.01:
                    raise SystemExit(f"zoom {zoom}: PostGIS has {answer[1]} points in {answer[0]} tiles, we {POINTS} in {tiles}")
                old = best.get(zoom, (tiles, math.inf, math.inf))
                best[zoom] = (tiles, min(old[1], ms), min(old[2], peer_ms))
        for zoom, (tiles, ms, peer_ms) in best.items():
            print(f"points, zoom {zoom}: {tiles:4} tiles {ms:8.2f} ms, PostGIS {peer_ms:8.1f} ms, ratio {ms / peer_ms:.4f}")
    finally:
        stop(server)


def tile_at(bounds, zoom):
    longitude, latitude = (bounds[0] + bounds[2]) / 2, math.radians((bounds[1] + bounds[3]) / 2)
    return int((longitude + 180) / 360 * 2**zoom), int((1 - math.asinh(math.tan(latitude)) / math.pi) / 2 * 2**zoom)


def load(url, process):
    """Answers a second from 16 connections, and the server's CPU microseconds for each."""
    def cpu_s():
        fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    begin = cpu_s()
    out = subprocess.run(["wrk", "-t1", "-c16", "-d2s", url], capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in out or "Socket errors" in out:
        raise SystemExit(f"{url}: not every answer is good\n{out}")
    answers = int(re.search(r"(\d+) requests in", out).group(1))
    return float(re.search(r"Requests/sec: +([\d.]+)", out).group(1)), (cpu_s() - begin) / answers * 1e6


def compare_with_nginx(folder):
    nginx, store = program("nginx", "/usr/sbin"), BUILD / "sample.gpkg"
    if not nginx or not program("wrk"):
        return skip("nginx or wrk is not installed")
    if not store.exists() or not (BUILD / "server/wardwatchd").exists():
        return skip(f"{store} or {BUILD}/server/wardwatchd is not there; server/run makes both")
    with open(folder / "log", "w") as log:
        ours = subprocess.Popen([BUILD / "server/wardwatchd", "--store", store, "--listen", "127.0.0.1:0", "--http", "127.0.0.1:0"],
                                stdout=subprocess.PIPE, stderr=log, text=True)
    theirs = None
    try:
        base = "http://" + next(line.split()[-1] for line in ours.stdout if line.startswith("http on"))
        free = int(base.rsplit(":", 1)[1]) + 1
        kept = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        (folder / "nginx.conf").write_text(f"""daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{ access_log {folder}/access.log; sendfile on; tcp_nopush on; keepalive_requests 100000000; {kept}
        server {{ listen 127.0.0.1:{free}; root {folder}; default_type application/octet-stream; }} }}""")
        tiles = []
        for layer, ending, zoom in (("sample.wards-2023", "mvt", 11), ("sample.cells", "mvt", 12), ("sample.density", "png", 13)):
            bounds = json.load(urllib.request.urlopen(f"{base}/tiles/{layer}"))["bounds"]
            path = "tiles/{}/{}/{}/{}.{}".format(layer, zoom, *tile_at(bounds, zoom), ending)
            (folder / path).parent.mkdir(parents=True)
            (folder / path).write_bytes(urllib.request.urlopen(f"{base}/{path}").read())
            tiles.append(path)
        theirs = subprocess.Popen([nginx, "-e", folder / "error.log", "-p", folder, "-c", folder / "nginx.conf"], stderr=subprocess.DEVNULL)
        time.sleep(1)
        if theirs.poll() is not None:
            return skip("nginx does not start here: " + (folder / "error.log").read_text())
        print("beside " + subprocess.run([nginx, "-v"], capture_output=True, text=True).stderr.split()[-1] + " with the same bytes as files, both with a log")
        for path in tiles:
            theirs_url, size = f"http://127.0.0.1:{free}/{path}", (folder / path).stat().st_size
            if urllib.request.urlopen(theirs_url).read() != urllib.request.urlopen(f"{base}/{path}").read():
                raise SystemExit(f"{path}: not the same bytes")
            turns = [(load(f"{base}/{path}", ours), load(theirs_url, theirs)) for _ in range(TURNS)]
            rate, peer_rate = (max(turn[i][0] for turn in turns) for i in (0, 1))
            cpu, peer_cpu = (min(turn[i][1] for turn in turns) for i in (0, 1))
            print(f"{path}, {size} bytes: {rate:.0f} a second and {cpu:.0f} us each, nginx {peer_rate:.0f} and {peer_cpu:.0f} us, "
                  f"ratio {rate / peer_rate:.2f} of its rate, {cpu / peer_cpu:.2f} of its CPU")
    finally:
        stop(ours)
        if theirs:
            stop(theirs)


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        compare_with_postgis(folder)
        compare_with_nginx(folder)


if __name__ == "__main__":
    main()
