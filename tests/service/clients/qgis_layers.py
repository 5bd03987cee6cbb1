"""QGIS without a screen against the gateway: OGC API - Features, vector tiles with their style, WMTS and a Cloud Optimized GeoTIFF, as a user adds them.

qgis_layers.py BASE_URL DATASET. Status 77: PyQGIS (Debian: python3-qgis) is not there.
"""

import json
import os
import sys
import urllib.request

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
try:
    from qgis.core import (
        QgsApplication, QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsMapBoxGlStyleConverter, QgsMapRendererParallelJob, QgsMapSettings,
        QgsProject, QgsRasterLayer, QgsRectangle, QgsVectorLayer, QgsVectorTileLayer)
    from qgis.PyQt.QtCore import QSize
    from qgis.PyQt.QtGui import QColor
except ImportError:
    sys.exit(77)

base, dataset = sys.argv[1].rstrip("/"), sys.argv[2]


def fetched(path):
    with urllib.request.urlopen(base + path) as answer:
        return json.load(answer)


def check(holds, what):
    print(("ok: " if holds else "FAILED: ") + what, flush=True)
    if not holds:
        check.failed += 1


check.failed = 0


def colours_drawn(layer, box):
    """How many colours a map of 256 x 256 pixels of that layer has besides the white paper."""
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    settings.setOutputSize(QSize(256, 256))
    settings.setExtent(box)
    settings.setBackgroundColor(QColor("white"))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    return len({image.pixel(x, y) for x in range(0, 256, 2) for y in range(0, 256, 2)} - {QColor("white").rgb()})


app = QgsApplication([], False)
app.initQgis()
wards = next(c["id"] for c in fetched("/collections?f=json")["collections"] if c["id"].startswith(dataset + ".wards"))

features = QgsVectorLayer(f"url='{base}' typename='{wards}'", "wards", "OAPIF")
check(features.isValid(), f"OAPIF opens {wards}")
told = fetched(f"/collections/{wards}/items?f=json&limit=1")["numberMatched"]
read = [f for f in features.getFeatures()]
check(len(read) == told and all(f.geometry().isGeosValid() for f in read), f"OAPIF reads all {told} areas whole, {len(read)} read")
check(features.fields().indexOf("area_code") >= 0, "their codes are a field: " + ", ".join(f.name() for f in features.fields()))

west, south, east, north = fetched(f"/collections/{wards}?f=json")["extent"]["spatial"]["bbox"][0]
to_web = QgsCoordinateTransform(QgsCoordinateReferenceSystem("EPSG:4326"), QgsCoordinateReferenceSystem("EPSG:3857"), QgsProject.instance())
box = to_web.transformBoundingBox(QgsRectangle(west, south, east, north))

tiles = QgsVectorTileLayer(f"type=xyz&url={base}/tiles/{wards}/{{z}}/{{x}}/{{y}}.mvt&zmin=0&zmax=15", "tiles")
check(tiles.isValid(), "vector tiles open")
style = fetched(f"/styles/{wards}.json")
converter = QgsMapBoxGlStyleConverter()
check(converter.convert(json.dumps(style)) == QgsMapBoxGlStyleConverter.Success and not converter.warnings(),
      f"their style is understood: {converter.errorMessage()} {converter.warnings()}")
tiles.setRenderer(converter.renderer())
check(colours_drawn(tiles, box) > 1, "vector tiles draw more than one class")

wmts = QgsRasterLayer(
    f"crs=EPSG:3857&dpiMode=7&format=image/png&layers={dataset}.density&styles=default&tileMatrixSet=WebMercatorQuad"
    f"&url={base}/wmts/1.0.0/WMTSCapabilities.xml", "wmts", "wms")
check(wmts.isValid(), "WMTS opens")
check(colours_drawn(wmts, box) > 1, "WMTS draws density")

raster = QgsRasterLayer(f"/vsicurl/{base}/collections/{dataset}.density/download?f=tif", "tif", "gdal")
check(raster.isValid() and raster.crs().authid() == "EPSG:27700", "the GeoTIFF opens on the National Grid")
if raster.isValid():
    check(raster.dataProvider().bandStatistics(1).maximumValue > 0, "its density is over zero somewhere")

sys.stdout.flush()
os._exit(1 if check.failed else 0)  # QGIS's own teardown without a screen is not what is tried
