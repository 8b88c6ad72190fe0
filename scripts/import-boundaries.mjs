// Who may import whom (docs/architecture.md, "Modules"). Every module may import kernel, i18n and itself.
export const modules = {
  kernel: [],
  http: [],
  metrics: ["ports"],
  leases: [],
  chores: ["storage", "discord"],
  catalogue: [],
  audio: [],
  session: ["catalogue"],
  ports: ["session", "catalogue"],
  synth: ["audio"],
  visuals: ["catalogue"],
  runtime: ["ports", "session", "catalogue"],
  programmes: ["runtime", "ports", "session", "catalogue"],
  listeners: ["ports", "session", "catalogue"],
  storage: ["ports", "session", "catalogue", "leases"],
  render: ["ports", "catalogue", "audio", "synth"],
  import: ["render", "ports", "catalogue", "audio"],
  pictures: ["render", "ports", "catalogue", "audio", "visuals"],
  engine: ["ports", "session", "audio", "synth", "catalogue"],
  i18n: [],
  commands: ["runtime", "programmes", "ports", "session", "catalogue"],
  panel: ["commands", "runtime", "ports", "session", "catalogue"],
  remote: ["commands", "http", "runtime", "ports", "session", "catalogue", "visuals"],
  activity: ["remote", "http", "ports"],
  discord: ["panel", "commands", "programmes", "runtime", "ports", "session", "catalogue", "leases"],
};

/** One package, one module: packages that only the named modules may import. */
const packages = {
  kysely: ["storage"],
  "better-sqlite3": ["storage"],
  pg: ["storage"],
  "pg-boss": ["storage"],
  "@discordjs/voice": ["engine"],
  "discord\\.js": ["discord", "commands", "panel"],
  sharp: ["visuals", "pictures"],
  "d3-scale": ["visuals"],
  "prom-client": ["metrics"],
  dotenv: [],
  "intl-messageformat": ["i18n"],
  ws: ["remote"],
  esbuild: ["remote"],
  "@discord/embedded-app-sdk": ["activity"],
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

const emulator = "packages/discord-emulator";

/** Who may import whom inside the emulator. Everyone may import shared, their own folder, and the types of api.ts. */
const emulatorFolders = {
  shared: [],
  state: [],
  voice: [],
  audio: ["voice"],
  messages: ["state"],
  gateway: ["state", "voice"],
  interactions: ["state", "messages"],
  activities: ["state"],
  rest: ["state", "messages", "interactions", "gateway", "voice", "activities"],
  scenario: ["state", "messages", "interactions", "rest", "gateway", "voice", "audio", "activities"],
  page: ["state", "voice", "activities"],
};

const emulatorRules = Object.entries(emulatorFolders).map(([folder, allowed]) => ({
  name: `emulator-${folder}-imports`,
  severity: "error",
  comment: `${folder} of the emulator may import ${["shared", "api.ts", ...allowed].join(", ")}`,
  from: { path: `^${emulator}/src/${folder}/` },
  to: {
    path: `^${emulator}/src/`,
    pathNot: `^${emulator}/src/((${[folder, "shared", ...allowed].join("|")})/|api\\.ts$)`,
  },
}));

export default {
  forbidden: [
    ...boundaries,
    ...owners,
    ...emulatorRules,
    {
      name: "emulator-stands-alone",
      severity: "error",
      comment: "The emulator is a package of its own: it imports nothing of Lull's, in its tests neither",
      from: { path: `^${emulator}/` },
      to: { path: "^(src|demo|tools|test|bench|scripts)/" },
    },
    {
      name: "emulator-page-in-the-browser",
      severity: "error",
      comment: "The page's client runs in a browser: of the server it knows types alone",
      from: { path: `^${emulator}/src/page/client/` },
      to: { path: `^${emulator}/src/(?!page/client/)`, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "emulator-server-without-browser",
      severity: "error",
      from: { path: `^${emulator}/src/(?!page/client/)` },
      to: { path: `^${emulator}/src/page/client/` },
    },
    {
      name: "remote-page-in-the-browser",
      severity: "error",
      comment:
        "The remote's client runs in a browser: of the bot it has the protocol, the visuals and the kernel's units",
      from: { path: "^src/remote/client/" },
      to: { path: "^src/(?!remote/(client/|protocol\\.ts$)|visuals/|kernel/)" },
    },
    {
      name: "activity-page-in-the-browser",
      severity: "error",
      comment: "The activity's client is the remote's, with another way in",
      from: { path: "^src/activity/client/" },
      to: { path: "^src/(?!activity/(client/|protocol\\.ts$)|remote/(client/|protocol\\.ts$))" },
    },
    {
      name: "remote-server-without-browser",
      severity: "error",
      from: { path: "^src/(?!(remote|activity)/client/)" },
      to: { path: "^src/(remote|activity)/client/" },
    },
    {
      name: "emulator-in-rehearsal-alone",
      severity: "error",
      comment: "Of Lull, the rehearsal alone knows the emulator",
      from: { path: "^src/", pathNot: "^src/(main\\.ts$|rehearsal/)" },
      to: { path: `^${emulator}/` },
    },
    {
      name: "emulator-by-its-name",
      severity: "error",
      comment: "The emulator is imported by its name: what it does not export is its own",
      from: { path: "^(src|demo|tools|test|bench)/" },
      to: { path: `^${emulator}/src/`, dependencyTypesNot: ["aliased-workspace"] },
    },
    {
      name: "nobody-imports-main-or-rehearsal",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(main\\.ts$|rehearsal/)" },
      to: { path: "^src/(main\\.ts$|rehearsal/)" },
    },
    {
      name: "bot-without-demo",
      severity: "error",
      comment: "The demo is made of the bot's modules; the bot knows nothing of it",
      from: { path: "^(src|packages)/" },
      to: { path: "^demo/" },
    },
    { name: "no-cycles", severity: "error", from: { path: "^(src|demo|packages)/" }, to: { circular: true } },
    {
      name: "resolvable",
      severity: "error",
      from: { path: "^(src|packages/[^/]+/src)/" },
      to: { couldNotResolve: true },
    },
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
