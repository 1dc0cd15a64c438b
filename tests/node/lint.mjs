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

async function spectral(path) {
  const linter = new core.Spectral();
  linter.setRuleset({ extends: [[rulesets.oas, "recommended"]] });
  const text = await readFile(path, "utf8");
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
