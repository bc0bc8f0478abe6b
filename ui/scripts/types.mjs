// Writes src/lib/api.gen.ts, the types of the API, out of the golden OpenAPI document that the server's tests keep true.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const here = new URL('..', import.meta.url).pathname;
const golden = `${here}../server/api/testdata/openapi.json`;
const out = `${here}src/lib/api.gen.ts`;

if (!existsSync(golden)) {
  if (!existsSync(out)) {
    console.error('types: the golden OpenAPI document is missing: run `go test ./server/api -update`');
    process.exit(1);
  }
  console.error('types: the golden OpenAPI document is missing; the types of last time are kept');
} else {
  execFileSync('node', [`${here}node_modules/openapi-typescript/bin/cli.js`, golden, '-o', out], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
