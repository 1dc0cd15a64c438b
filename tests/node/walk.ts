// The example's first case, taken through its path by a client made from the OpenAPI document.
//
//     node walk.js plan.json
//
// The plan has the address, the keys, and a body for each step as the document shows it.

import { readFile } from "node:fs/promises";
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.js";

type Problem = components["schemas"]["Problem"];
type StepAnswer = components["schemas"]["StepAnswer"];
type Posted = { [P in keyof paths]: paths[P] extends { post: object } ? P : never }[keyof paths];
type CaseStep = Extract<Posted, `/v1/cases/{case_id}/steps/${string}`>;
type Body<P extends Posted> = paths[P]["post"] extends {
  requestBody: { content: { "application/json": infer B } };
}
  ? B
  : never;

interface Plan {
  url: string;
  caseworker: { key: string; id: string };
  coordinator: { key: string };
  division: { key: string };
  bodies: Record<string, unknown>;
}

const plan: Plan = JSON.parse(await readFile(process.argv[2]!, "utf8"));

const client = (key: string) =>
  createClient<paths>({ baseUrl: plan.url, headers: { Authorization: `Bearer ${key}`, "Jisr-Purpose": "accompaniment" } });
const caseworker = client(plan.caseworker.key);
const coordinator = client(plan.coordinator.key);
const division = client(plan.division.key);

const body = <P extends Posted>(step: string): Body<P> => plan.bodies[step] as Body<P>;
const header = () => ({ "Idempotency-Key": crypto.randomUUID() });

function good<T>(found: { data?: T; error?: Problem }): T {
  if (found.data === undefined) throw new Error(JSON.stringify(found.error));
  return found.data;
}

function made(answer: StepAnswer, what: string): string {
  const id = answer.ids[what];
  if (id === undefined) throw new Error(`${answer.command_id} made no ${what}`);
  return id;
}

const agreement_id = made(
  good(
    await division.POST("/v1/agreements", {
      params: { header: header() },
      body: body<"/v1/agreements">("sign-agreement"),
    }),
  ),
  "agreement",
);
const ceremony_id = made(
  good(
    await division.POST("/v1/ceremonies", {
      params: { header: header() },
      body: body<"/v1/ceremonies">("schedule-ceremony"),
    }),
  ),
  "ceremony",
);
const session_id = made(
  good(
    await division.POST("/v1/sessions", {
      params: { header: header() },
      body: body<"/v1/sessions">("schedule-session"),
    }),
  ),
  "session",
);
good(
  await division.POST("/v1/sessions/{session_id}/steps/record-minutes", {
    params: { path: { session_id }, header: header() },
    body: body<"/v1/sessions/{session_id}/steps/record-minutes">("record-minutes"),
  }),
);
const beneficiary_id = made(
  good(
    await caseworker.POST("/v1/beneficiaries", {
      params: { header: header() },
      body: body<"/v1/beneficiaries">("register-beneficiary"),
    }),
  ),
  "beneficiary",
);
const opened = await caseworker.POST("/v1/cases", {
  params: { header: header() },
  body: { ...body<"/v1/cases">("open-case"), beneficiary_id, caseworker: plan.caseworker.id },
});
const case_id = made(good(opened), "case");
if (opened.response.headers.get("location") !== `/v1/cases/${case_id}`) throw new Error("Location");

let last = good(opened);
let project_id = "";

async function take<P extends CaseStep>(path: P, sent: Body<P>, by = caseworker): Promise<void> {
  // Every step of a case has one form of call; that it is one the compiler cannot see.
  const post = by.POST as unknown as (
    path: CaseStep,
    init: { params: object; body: unknown },
  ) => Promise<{ data?: StepAnswer; error?: Problem }>;
  const params = {
    path: { case_id },
    header: { ...header(), "If-Match": `"${last.version}"` },
  };
  last = good(await post(path, { params, body: sent }));
}

const steps = "/v1/cases/{case_id}/steps";
for (const name of [
  "begin-detention",
  "record-social-enquiry",
  "rule-on-eligibility",
  "record-education",
  "assess-needs",
  "agree-plan",
  "open-track",
  "record-release",
  "record-contact",
  "propose-project",
  "record-study",
] as const) {
  await take(`${steps}/${name}`, body<`${typeof steps}/${typeof name}`>(name));
  if (name === "propose-project") project_id = made(last, "project");
}
const submitted = body<"/v1/cases/{case_id}/steps/submit-to-session">("submit-to-session");
await take(
  `${steps}/give-opinion`,
  body<"/v1/cases/{case_id}/steps/give-opinion">("give-opinion"),
  division,
);
await take(`${steps}/submit-to-session`, { ...submitted, agreement_id, session_id });

// Whoever proposed a project does not record its decision: the problem says so by its code.
const decision = body<"/v1/cases/{case_id}/steps/record-decision">("record-decision");
const refused = await caseworker.POST("/v1/cases/{case_id}/steps/record-decision", {
  params: { path: { case_id }, header: header() },
  body: decision,
});
if (refused.error?.code !== "recorder_is_proposer") throw new Error(JSON.stringify(refused));
await take(`${steps}/record-decision`, decision, coordinator);

await take(`${steps}/sign-undertaking`, body<`${typeof steps}/sign-undertaking`>("sign-undertaking"));

// An order is a thing of its own, with lines of one project or of several.
const ordered = body<"/v1/orders">("place-order");
const order_id = made(
  good(
    await caseworker.POST("/v1/orders", {
      params: { header: header() },
      body: { ...ordered, lines: ordered.lines.map((line) => ({ ...line, project_id })) },
    }),
  ),
  "order",
);
good(
  await caseworker.POST("/v1/orders/{order_id}/steps/receive-lines", {
    params: { path: { order_id }, header: header() },
    body: body<"/v1/orders/{order_id}/steps/receive-lines">("receive-lines"),
  }),
);
last = { ...last, version: good(await caseworker.GET("/v1/cases/{case_id}", { params: { path: { case_id } } })).version };
const placed = body<"/v1/cases/{case_id}/steps/place-on-ceremony">("place-on-ceremony");
await take(`${steps}/place-on-ceremony`, { ...placed, ceremony_id });
await take(
  `${steps}/confirm-delivery`,
  body<"/v1/cases/{case_id}/steps/confirm-delivery">("confirm-delivery"),
);

const found = good(
  await caseworker.GET("/v1/cases/{case_id}", { params: { path: { case_id } } }),
);
const page = good(
  await caseworker.GET("/v1/cases", {
    params: { query: { sort: "overdue", total: true, limit: 200, at_least: last.position } },
  }),
);
const [track] = found.tracks;
console.log(
  JSON.stringify({
    case_id,
    stage: found.stage,
    kind: track?.kind,
    delivered_on: track?.kind === "self_employment" ? track.delivered_on : undefined,
    listed: page.cases.some((row) => row.case_id === case_id),
    total: page.total,
  }),
);
