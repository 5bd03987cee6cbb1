"""datasets/medway/fetch against a server on loopback: whole, cut, changed, missing and wrong files; then `wardwatch load` on what it brought."""
import csv
import gzip
import hashlib
import http.server
import io
import json
import os
import subprocess
import sys
import tempfile
import threading
import unittest
import urllib.parse
import zipfile
from pathlib import Path

REPOSITORY = Path(os.environ.get("WARDWATCH_REPOSITORY", Path(__file__).resolve().parents[2]))
BINARIES = Path(os.environ.get("WARDWATCH_BINARIES", REPOSITORY / "build/release"))
SHARED = REPOSITORY / "../shared/data"
MEDWAY = REPOSITORY / "datasets/medway"
WARD_2022 = "/ESMARspQHYMw9BZ9/arcgis/rest/services/Wards_December_2022_Boundaries_UK_BGC/FeatureServer/0/query"
WARD_2024 = "/ESMARspQHYMw9BZ9/arcgis/rest/services/Wards_May_2024_Boundaries_UK_BGC/FeatureServer/0/query"
LOOKUP = "/ESMARspQHYMw9BZ9/arcgis/rest/services/LSOA21_WD24_LAD24_EW_LU/FeatureServer/0/query"
NOMIS = "/api/v01/dataset/NM_2021_1.data.csv"


class Handler(http.server.BaseHTTPRequestHandler):
    """Serves server.bodies by path, with ranges; the first answers to server.cut paths end half way."""

    def do_GET(self):
        parts = urllib.parse.urlsplit(self.path)
        body = self.server.bodies.get(parts.path)
        if callable(body):
            body = body(urllib.parse.parse_qs(parts.query))
        if body is None:
            self.send_error(404)
            return
        tag, wanted = f'"{hashlib.sha256(body).hexdigest()[:16]}"', self.headers.get("Range")
        self.server.seen.append((parts.path, wanted))
        begin = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and self.headers.get("If-Range") == tag else 0
        self.send_response(206 if begin else 200)
        self.send_header("ETag", tag)
        self.send_header("Content-Length", str(len(body) - begin))
        self.end_headers()
        if self.server.cut.get(parts.path, 0) > 0:
            self.server.cut[parts.path] -= 1
            self.wfile.write(body[begin:begin + (len(body) - begin) // 2])
        else:
            self.wfile.write(body[begin:])
        self.close_connection = True

    def log_message(self, *args):
        pass


def archive_of(months):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as bundle:
        for month, text in months.items():
            bundle.writestr(f"{month}/{month}-kent-street.csv", text)
            bundle.writestr(f"{month}/{month}-essex-street.csv", "not asked for\n")
    return buffer.getvalue()


def feature_collection(count):
    return json.dumps({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"n": n}, "geometry": None} for n in range(count)]}).encode()


class FetchCase(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="wardwatch-fetch-")
        self.addCleanup(self.folder.cleanup)
        self.out = Path(self.folder.name) / "fetched"
        self.sums = Path(self.folder.name) / "checksums.txt"
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.bodies, self.server.cut, self.server.seen = {}, {}, []
        thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)

    def fetch(self, *arguments):
        base = f"http://127.0.0.1:{self.server.server_address[1]}"
        environment = {**os.environ, "no_proxy": "127.0.0.1", "WARDWATCH_MEDWAY_BASE_URL": base}
        return subprocess.run([sys.executable, str(MEDWAY / "fetch"), "--out", str(self.out), "--checksums", str(self.sums), *arguments],
                              capture_output=True, text=True, env=environment, timeout=300)

    def fetch_two_months(self, *arguments):
        return self.fetch("--only", "street", "--first-month", "2022-01", "--last-month", "2022-02", *arguments)

    def serve_two_months(self):
        months = {"2022-01": "a,b\n" * 5000, "2022-02": "c,d\n" * 5000}
        self.server.bodies["/data/archive/2023-12.zip"] = archive_of(months)
        return months

    def assert_fails(self, run, *words):
        self.assertEqual(run.returncode, 1, run.stderr)
        for word in words:
            self.assertIn(word, run.stderr)
        left = [path.name for path in self.out.rglob("*") if path.is_file() and path.suffix not in (".part", ".tag")] if self.out.exists() else []
        return left


class FailureTest(FetchCase):
    def test_unpacks_only_this_force_and_these_months(self):
        months = self.serve_two_months()
        run = self.fetch_two_months()
        self.assertEqual(run.returncode, 0, run.stderr)
        found = {path.name: path.read_text() for path in (self.out / "street").iterdir()}
        self.assertEqual(found, {f"{month}-kent-street.csv": text for month, text in months.items()})
        self.assertEqual([path.name for path in self.out.iterdir()], ["street"], "the archive goes when its months are out")

    def test_months_that_are_there_are_not_fetched_again(self):
        self.serve_two_months()
        self.assertEqual(self.fetch_two_months().returncode, 0)
        self.server.seen.clear()
        self.assertEqual(self.fetch_two_months().returncode, 0)
        self.assertEqual(self.server.seen, [])
        self.assertEqual(self.fetch_two_months("--again").returncode, 0)
        self.assertEqual(len(self.server.seen), 1)

    def test_a_cut_download_is_taken_up_where_it_stopped(self):
        self.serve_two_months()
        self.server.cut["/data/archive/2023-12.zip"] = 1
        run = self.fetch_two_months()
        self.assertEqual(run.returncode, 0, run.stderr)
        half = len(self.server.bodies["/data/archive/2023-12.zip"]) // 2
        self.assertEqual([wanted for _, wanted in self.server.seen], [None, f"bytes={half}-"])

    def test_the_rest_of_another_file_is_never_joined_on(self):
        months = self.serve_two_months()
        self.server.cut["/data/archive/2023-12.zip"] = 3
        self.assert_fails(self.fetch_two_months(), "/data/archive/2023-12.zip")
        months["2022-01"] = "changed,since\n" * 900
        self.server.bodies["/data/archive/2023-12.zip"] = archive_of(months)
        run = self.fetch_two_months()
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual((self.out / "street/2022-01-kent-street.csv").read_text(), months["2022-01"])

    def test_failures_name_the_url_and_leave_nothing_half_done(self):
        self.assertEqual(self.assert_fails(self.fetch_two_months(), "/data/archive/2023-12.zip", "404"), [])
        self.server.bodies["/data/archive/2023-12.zip"] = archive_of({"2022-01": "a\n"})
        self.assertEqual(self.assert_fails(self.fetch_two_months(), "/data/archive/2023-12.zip", "2022-02-kent-street.csv"), ["2022-01-kent-street.csv"])
        self.server.bodies["/data/archive/2023-12.zip"] = b"<html>sorry</html>"
        self.assert_fails(self.fetch_two_months(), "/data/archive/2023-12.zip", "zip")
        self.assert_fails(self.fetch("--only", "street", "--first-month", "2031-01", "--last-month", "2031-02"), "2031-01")

    def test_digests_on_record_must_match(self):
        self.serve_two_months()
        self.assertEqual(self.fetch_two_months("--record").returncode, 0)
        self.assertEqual(len(self.sums.read_text().split()), 4)
        self.server.bodies["/data/archive/2023-12.zip"] = archive_of({"2022-01": "other\n", "2022-02": "c,d\n" * 5000})
        self.assert_fails(self.fetch_two_months("--again"), "2022-01-kent-street.csv", "SHA-256", "--record")
        self.assertEqual((self.out / "street/2022-01-kent-street.csv").read_text(), "a,b\n" * 5000, "the good file stays")
        self.assertEqual(self.fetch_two_months("--again", "--record").returncode, 0)

    def test_a_page_of_features_is_not_all_features(self):
        self.server.bodies[WARD_2022] = feature_collection(21)
        self.assertEqual(self.assert_fails(self.fetch("--only", "wards-2022*"), WARD_2022, "21", "22"), [])
        self.server.bodies[WARD_2022] = b"<html>busy</html>"
        self.assertEqual(self.assert_fails(self.fetch("--only", "wards-2022*"), WARD_2022), [])


@unittest.skipUnless((SHARED / "MANIFEST.csv").exists(), "the real data is not beside the checkout")
class RealDataTest(FetchCase):
    """The year 2022 of Kent, as the publishers' servers would send it."""

    def serve_shared_data(self):
        text = {}
        for number in range(1, 13):
            month = f"2022-{number:02d}"
            text[month] = gzip.decompress((SHARED / f"kent-street/{month}-kent-street.csv.gz").read_bytes())
        self.server.bodies["/data/archive/2023-12.zip"] = archive_of(text)
        old = json.loads((SHARED / "medway-boundaries/medway_wards_2013.geojson").read_text())
        for feature in old["features"]:
            feature["properties"] = {"WD22CD": feature["properties"]["WD13CD"], "WD22NM": feature["properties"]["WD13NM"]}
        self.server.bodies[WARD_2022] = json.dumps(old).encode()
        self.server.bodies[WARD_2024] = (SHARED / "medway-boundaries/medway_wards_2024.geojson").read_bytes()
        with open(SHARED / "medway-boundaries/medway_lsoa21_to_ward24_bestfit.csv", encoding="utf-8-sig") as file:
            lookup = list(csv.DictReader(file))
        self.server.bodies[LOOKUP] = json.dumps({"features": [{"attributes": {
            "LSOA21CD": row["lsoa21_code"], "WD24CD": row["ward24_code"], "WD24NM": row["ward24_name"]}} for row in lookup]}).encode()
        medway = {row["lsoa21_code"] for row in lookup}
        with gzip.open(SHARED / "population/lsoa21_census2021_ew_age_bands.csv.gz", "rt", encoding="utf-8-sig") as file:
            lsoas = [(row["lsoa21_code"], row["lsoa21_name"], row["all_ages"]) for row in csv.DictReader(file) if row["lsoa21_code"] in medway]
        with open(SHARED / "population/ward_mid2020_kent_northumbria.csv", encoding="utf-8-sig") as file:
            wards = [(row["ward21_code"], row["ward_name"], row["population_mid2020"]) for row in csv.DictReader(file) if row["lad_name"] == "Medway"]

        def nomis(query):
            rows = {"E06000035TYPE153": wards, "E06000035TYPE151": lsoas}[query["geography"][0]]
            return ("\"GEOGRAPHY_CODE\",\"GEOGRAPHY_NAME\",\"OBS_VALUE\"\n" + "".join(f"\"{c}\",\"{n}\",{v}\n" for c, n, v in rows)).encode()

        self.server.bodies[NOMIS] = nomis
        return text

    def test_a_year_of_kent_arrives_whole_and_loads(self):
        text = self.serve_shared_data()
        run = self.fetch("--first-month", "2022-01", "--last-month", "2022-12")
        self.assertEqual(run.returncode, 0, run.stderr)
        for month, body in text.items():
            self.assertEqual((self.out / f"street/{month}-kent-street.csv").read_bytes(), body)
        self.check_populations()
        self.check_load()

    def check_populations(self):
        with open(SHARED / "population/medway_ward24_census2021_bestfit.csv", encoding="utf-8-sig") as file:
            expected = {row["ward24_code"]: row["usual_residents_2021"] for row in csv.DictReader(file)}
        with open(self.out / "population-wards-2024.csv", encoding="utf-8") as file:
            self.assertEqual({row["ward_code"]: row["usual_residents_2021"] for row in csv.DictReader(file)}, expected)

    def check_load(self):
        wardwatch = BINARIES / "server/cli/wardwatch"
        if not wardwatch.exists():
            self.skipTest("fetched; wardwatch is not built, so not loaded")
        store, report = Path(self.folder.name) / "medway.gpkg", Path(self.folder.name) / "report.json"
        run = subprocess.run([str(wardwatch), "load", str(MEDWAY / "manifest.toml"), "--data-root", str(self.out), "--store", str(store), "--report", str(report)],
                             capture_output=True, text=True, timeout=300)
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertTrue(store.exists())
        files = json.loads(report.read_text())["files"]
        self.assertEqual(sum(file["rows_in"] for file in files), 200945)
        self.assertEqual(sum(file["rows_kept"] + file["rows_rejected"] for file in files), 200945)


if __name__ == "__main__":
    unittest.main(verbosity=2)
