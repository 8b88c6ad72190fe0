// Who may import whom (docs/architecture.md, "Rooms"). Everyone may import kernel and their own room.
const rooms = {
  kernel: [],
  library: [],
  audio: [],
  session: ["library"],
  synth: ["audio"],
  host: ["session", "library"],
  commands: ["host", "session", "library"],
  languages: ["commands"],
  visuals: ["library"],
  workshop: ["host", "library", "audio", "synth", "visuals"],
  storage: ["host", "session", "library"],
  schedule: ["host", "session", "library"],
  care: ["host", "session", "library"],
  voice: ["host", "session", "audio", "synth", "library"],
  discord: ["languages", "commands", "host", "session", "library"],
};

/** One package, one room: packages that only the named rooms may import. */
const packages = {
  kysely: ["storage"],
  "better-sqlite3": ["storage"],
  "@discordjs/voice": ["voice"],
  "discord\\.js": ["discord", "commands"],
  sharp: ["visuals", "workshop"],
  "d3-scale": ["visuals"],
  dotenv: [],
};

const boundaries = Object.entries(rooms).map(([room, allowed]) => ({
  name: `${room}-imports`,
  severity: "error",
  comment: `${room} may import ${["kernel", ...allowed].join(", ")}`,
  from: { path: `^src/${room}/` },
  to: { path: "^src/", pathNot: `^src/(${[room, "kernel", ...allowed].join("|")})/` },
}));

const owners = Object.entries(packages).map(([name, owning]) => ({
  name: `${name.replaceAll("\\", "")}-in-one-room`,
  severity: "error",
  from: { path: "^src/", pathNot: `^src/(${owning.length > 0 ? `(${owning.join("|")})/` : "config\\.ts$"})` },
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
