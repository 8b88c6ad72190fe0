// Who may import whom (docs/architecture.md, "Modules"). Every module may import kernel, i18n and itself.
export const modules = {
  kernel: [],
  catalogue: [],
  audio: [],
  session: ["catalogue"],
  ports: ["session", "catalogue"],
  synth: ["audio"],
  visuals: ["catalogue"],
  runtime: ["ports", "session", "catalogue"],
  programmes: ["runtime", "ports", "session", "catalogue"],
  listeners: ["ports", "session", "catalogue"],
  storage: ["ports", "session", "catalogue"],
  render: ["ports", "catalogue", "audio", "synth"],
  import: ["render", "ports", "catalogue", "audio"],
  pictures: ["render", "ports", "catalogue", "audio", "visuals"],
  engine: ["ports", "session", "audio", "synth", "catalogue"],
  i18n: [],
  commands: ["runtime", "programmes", "ports", "session", "catalogue"],
  panel: ["commands", "runtime", "ports", "session", "catalogue"],
  discord: ["panel", "commands", "programmes", "runtime", "ports", "session", "catalogue"],
};

/** One package, one module: packages that only the named modules may import. */
const packages = {
  kysely: ["storage"],
  "better-sqlite3": ["storage"],
  "@discordjs/voice": ["engine"],
  "discord\\.js": ["discord", "commands", "panel"],
  sharp: ["visuals", "pictures"],
  "d3-scale": ["visuals"],
  dotenv: [],
  "intl-messageformat": ["i18n"],
};

const boundaries = Object.entries(modules).map(([module, allowed]) => ({
  name: `${module}-imports`,
  severity: "error",
  comment: `${module} may import ${["kernel", "i18n", ...allowed].join(", ")}`,
  from: { path: `^src/${module}/` },
  to: { path: "^src/", pathNot: `^src/(${[module, "kernel", "i18n", ...allowed].join("|")})/` },
}));

const owners = Object.entries(packages).map(([name, owning]) => ({
  name: `${name.replaceAll("\\", "")}-in-one-module`,
  severity: "error",
  from: {
    path: "^src/",
    pathNot: `^src/(${owning.length > 0 ? `(${owning.join("|")})/` : "(config|environmentFile)\\.ts$"})`,
  },
  to: { path: `^node_modules/${name}/` },
}));

export default {
  forbidden: [
    ...boundaries,
    ...owners,
    {
      name: "nobody-imports-main-or-rehearsal",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(main\\.ts$|rehearsal/)" },
      to: { path: "^src/(main\\.ts$|rehearsal/)" },
    },
    { name: "no-cycles", severity: "error", from: { path: "^src/" }, to: { circular: true } },
    { name: "resolvable", severity: "error", from: { path: "^src/" }, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
