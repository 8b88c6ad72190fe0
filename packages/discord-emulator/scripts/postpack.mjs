// After npm has packed the package: the manifest of the repository again, which points at the sources.
import { renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

const root = dirname(import.meta.dirname);
renameSync(join(root, ".pack", "package.json"), join(root, "package.json"));
rmSync(join(root, ".pack"), { recursive: true });
rmSync(join(root, "dist"), { recursive: true });
