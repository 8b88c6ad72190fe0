// What the tests need beyond npm: a Chromium for the page's tests. In CI it is installed from Debian by name; elsewhere
// the tests that need it say that they were left out.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const debianPackages = [{ name: "chromium", provides: "/usr/bin/chromium" }];

const missing = debianPackages.filter((each) => !existsSync(each.provides)).map((each) => each.name);
const mayInstall = process.env.CI !== undefined && process.getuid?.() === 0;
if (missing.length > 0 && mayInstall) {
  process.stderr.write(`Installing ${missing.join(", ")} from Debian.\n`);
  const apt = (args) => spawnSync("apt-get", args, { stdio: ["ignore", 2, 2] }).status;
  if (apt(["update", "-qq"]) !== 0 || apt(["install", "-y", "-qq", "--no-install-recommends", ...missing]) !== 0) {
    process.stderr.write("Installing them failed; the tests that need them will say so.\n");
    process.exit(1);
  }
} else if (missing.length > 0) {
  process.stderr.write(
    `Not here: ${missing.join(", ")}. The tests that need it are left out; install it to run them.\n`,
  );
}
