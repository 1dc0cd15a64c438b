// What the recommended rules of redocly and of spectral find in OpenAPI documents, as JSON lines.
//
//     node lint.mjs openapi.json …

import { readFile } from "node:fs/promises";
import { createConfig, lint } from "@redocly/openapi-core";
import core from "@stoplight/spectral-core";
import parsers from "@stoplight/spectral-parsers";
import rulesets from "@stoplight/spectral-rulesets";

async function redocly(path) {
  const config = await createConfig({ extends: ["recommended"] });
  const found = await lint({ ref: path, config });
  return found.map((each) => ({
    path,
    linter: "redocly",
    rule: each.ruleId,
    where: each.location[0]?.pointer,
    said: each.message,
  }));
}

// Spectral reads a response that a hundred operations share as often as it stands there, for
// twenty seconds. What it finds in one of them it finds in each that is the same, so one is left.
function withoutTwins(document) {
  const seen = new Set();
  for (const operation of Object.values(document.paths).flatMap(Object.values)) {
    for (const [status, response] of Object.entries(operation.responses ?? {})) {
      const text = JSON.stringify(response);
      if (status >= "400" && seen.has(text)) delete operation.responses[status];
      seen.add(text);
    }
  }
  return document;
}

async function spectral(path) {
  const linter = new core.Spectral();
  linter.setRuleset({ extends: [[rulesets.oas, "recommended"]] });
  const text = JSON.stringify(withoutTwins(JSON.parse(await readFile(path, "utf8"))));
  const found = await linter.run(new core.Document(text, parsers.Json, path));
  return found.map((each) => ({
    path,
    linter: "spectral",
    rule: each.code,
    where: each.path.join("/"),
    said: each.message,
  }));
}

for (const path of process.argv.slice(2)) {
  for (const fault of [...(await redocly(path)), ...(await spectral(path))]) {
    console.log(JSON.stringify(fault));
  }
}
