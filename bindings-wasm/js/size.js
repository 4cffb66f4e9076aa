// The sizes of the WASM files, which every page that embeds them loads: as they are, and as servers send them.
// They are held to what `size.json` allows.

import { readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

const read = (path) => readFileSync(new URL(path, import.meta.url));
const budget = JSON.parse(read("size.json").toString());
let over = 0;

for (const [name, most] of Object.entries(budget)) {
  const bytes = read(`dist/raw/${name}`);
  const size = {
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes).length,
  };
  for (const [kind, length] of Object.entries(size)) {
    const verdict = length > most[kind] ? "  OVER" : "";
    over += verdict ? 1 : 0;
    console.log(`${name.padEnd(18)} ${kind.padEnd(7)} ${length} of ${most[kind]} bytes${verdict}`);
  }
}
if (over > 0) {
  console.error("The files have grown: find out why, or allow more in bindings-wasm/js/size.json.");
  process.exitCode = 1;
}
