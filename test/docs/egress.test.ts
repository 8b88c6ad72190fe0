import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { isPublicAddress } from "../../src/import/sources/publicAddress.ts";

const root = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const hosting = read("docs/hosting.md");
const security = read("docs/security.md");

test("the systemd unit has what docs/security.md says of it", () => {
  const [, unit = ""] = /```ini\n# \/etc\/systemd\/system\/lull\.service\n(.*?)```/s.exec(hosting) ?? [];
  const [, said = ""] = /The unit also sets (.*?);/s.exec(security) ?? [];
  const directives = [...said.matchAll(/`([^`]+)`/g)].map(([, directive]) => directive);
  expect(directives.length).toBeGreaterThan(3);
  expect(unit.split("\n")).toEqual(expect.arrayContaining(directives));
});

test("the container has what docs/security.md says of it", () => {
  const { lull } = (parse(read("compose.yaml")) as { services: Record<string, Record<string, unknown>> }).services;
  expect(lull).toMatchObject({
    read_only: true,
    security_opt: ["no-new-privileges:true"],
    cap_drop: ["ALL"],
    pids_limit: 256,
  });
  // Of the image, docs/hosting.md says that it has no `unshare`: nothing of a distribution's but these comes in.
  const copied = [...read("Dockerfile").matchAll(/^COPY --from=packages .* (\S+)$/gm)].map(([, to]) => to);
  expect(copied).toEqual(["/usr/bin/tini", "/usr/share/fonts/", "/data", "./node_modules"]);
});

test("what is closed to decoders is what a member's address may not lead to either", () => {
  const [, denied = ""] = /^#IPAddressDeny=(.*)$/m.exec(hosting) ?? [];
  const [, closed = ""] = /for private in (.*); do/.exec(hosting) ?? [];
  const networks = denied.split(" ");
  // Docker's rules are those of IPv4.
  expect(networks.filter((network) => network.includes("."))).toEqual(closed.split(" "));
  for (const network of networks)
    expect([network, isPublicAddress(network.replace(/\/.*/, "").replace(/::$/, "::1"))]).toEqual([network, false]);
});
