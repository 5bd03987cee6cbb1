// clients.mjs BASE_URL DESCRIPTORS DATASET: @mapbox/vector-tile reads the tiles, MapLibre's own validator the styles, connect-web calls the services.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRegistryFromDescriptors } from '@bufbuild/protobuf';
import { Code, ConnectError, createPromiseClient } from '@connectrpc/connect';
import { createGrpcWebTransport } from '@connectrpc/connect-web';
import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import vectorTile from '@mapbox/vector-tile';
import Protobuf from 'pbf';

const [base, descriptors, dataset] = process.argv.slice(2);
const json = async (path) => {
  const response = await fetch(base + path);
  assert.equal(response.status, 200, path);
  return response.json();
};

async function tiles() {
  const { collections } = await json('/collections');
  for (const { id } of collections) {
    const response = await fetch(`${base}/tiles/${id}/0/0/0.mvt`);
    const items = await json(`/collections/${id}/items?limit=10000`);
    const located = items.features.filter((feature) => feature.geometry !== null).length;
    if (response.status === 204) {
      assert.equal(located, 0, id);
      continue;
    }
    const tile = new vectorTile.VectorTile(new Protobuf(await response.arrayBuffer()));
    const [name] = Object.keys(tile.layers);
    assert.equal(tile.layers[name].length, located, id);
    const byCode = new Map(items.features.map((feature) => [feature.properties.area_code ?? feature.id, feature.properties]));
    const first = tile.layers[name].feature(0);
    assert.ok(first.loadGeometry().length > 0, id);
    if (id.includes('wards')) assert.equal(first.properties.incidents, byCode.get(first.properties.area_code).incidents);
  }
  return collections.length;
}

async function styles() {
  const { collections } = await json('/collections');
  const layers = [...collections.map((collection) => collection.id), `${dataset}.density`, `${dataset}.density-change`];
  for (const id of layers) {
    const problems = validateStyleMin(await json(`/styles/${id}.json`));
    assert.deepEqual(problems.map((problem) => problem.message), [], id);
  }
  return layers.length;
}

async function services() {
  const registry = createRegistryFromDescriptors(readFileSync(descriptors));
  const transport = createGrpcWebTransport({ baseUrl: base });
  const client = (name) => createPromiseClient(registry.findService(`wardwatch.v1.${name}`), transport);
  const hotspots = await client('HotspotService').findHotspots({ dataset: `datasets/${dataset}`, period: { period: { case: 'calendarYear', value: 2023 } } });
  assert.ok(hotspots.cells.length > 0);
  let pieces = 0, last;
  const surface = client('HotspotService').computeSurface({ dataset: `datasets/${dataset}`, period: { period: { case: 'calendarYear', value: 2023 } } });
  for await (const piece of surface) {
    pieces += 1;
    last = piece.piece.case;
  }
  assert.equal(last, 'context');
  assert.ok(pieces >= 3);
  await assert.rejects(
    client('DatasetService').getDataset({ name: 'datasets/nope' }),
    (error) => error instanceof ConnectError && error.code === Code.NotFound && error.metadata.get('wardwatch-reason') === 'UNKNOWN_DATASET',
  );
}

console.log(`@mapbox/vector-tile reads ${await tiles()} layers`);
console.log(`MapLibre's validator accepts ${await styles()} styles`);
await services();
console.log('connect-web calls unary and streaming methods and reads their errors');
