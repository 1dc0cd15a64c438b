// As much of node as walk.ts needs.
declare module "node:fs/promises" {
  export function readFile(path: string, encoding: "utf8"): Promise<string>;
}
declare const process: { argv: string[] };
