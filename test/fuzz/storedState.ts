import Database from "better-sqlite3";

/** Whose permission a change needs. */
export interface StoredState {
  /** Settings and programmes: they are the server's. */
  readonly server: string;
  /** Evenings, which hosts of one channel may plan for it. */
  readonly evenings: string;
  /** Added sounds by id: what is known of each, and who added it. */
  readonly sounds: ReadonlyMap<string, { readonly known: string; readonly addedBy: string | null }>;
  /** Lists, consents, favourites and wake-ups of each member's own. */
  readonly own: ReadonlyMap<string, string>;
}

/** What a member may do beyond listening: in the server, in one channel, by the role of hosts. */
export type Rights = "server" | "events" | "one channel" | "host role" | "none";

/** Who has done something, with the rights that they had. */
export interface Actor {
  readonly id: string;
  readonly rights: Rights;
  /** They managed sounds not long ago: a file that they sent then may still be read. */
  readonly hasSentFiles?: boolean;
}

/** What the actor was not allowed to bring about. */
export const escalations = (before: StoredState, after: StoredState, actor: Actor): readonly string[] => {
  const { id, rights, hasSentFiles = false } = actor;
  const isHost = rights === "server" || rights === "events" || rights === "host role";
  const faults: string[] = [];
  if (!isHost && before.server !== after.server) faults.push("an escalation: the server's settings or programmes");
  if (rights === "none" && before.evenings !== after.evenings) faults.push("an escalation: evenings");
  const managesSounds = rights === "server" || rights === "host role";
  if (!managesSounds) {
    for (const [sound, { known }] of before.sounds)
      if (after.sounds.get(sound)?.known !== known) faults.push("an escalation: an added sound");
    for (const [sound, { addedBy }] of after.sounds)
      if (!before.sounds.has(sound) && addedBy === id && !hasSentFiles) faults.push("an escalation: a sound is added");
  }
  for (const [user, own] of before.own)
    if (user !== id && after.own.get(user) !== own) faults.push("an escalation: what is another member's own");
  return faults;
};

/** The volume is what the last session had, and everybody who listens may change it. */
const SETTINGS = `SELECT ceiling_db, fade_ms, grace_ms, eyes_closed, timer_end, ducking_db, votes, quiet, quiet_channel,
  host_role, default_channel, language FROM settings WHERE guild = ?`;

/** Reads from beside the bot what only some members may change. */
export const openStoredState = (path: string) => {
  const db = new Database(path, { readonly: true });
  const [settings, programmes, evenings, sounds] = [
    SETTINGS,
    // The member who created one may have their name forgotten, with or without the right.
    "SELECT id, title, programme FROM programmes WHERE guild = ? ORDER BY id",
    "SELECT id, programme, days, time, zone, channel, wake FROM schedules WHERE guild = ? ORDER BY id",
    "SELECT id, title, trigger, risks, licence, shared, removed_at, added_by AS addedBy FROM guild_sounds WHERE guild = ?",
  ].map((query) => db.prepare(query));
  const own = [
    "SELECT triggers, risks, mode FROM avoid WHERE user = ?",
    "SELECT guild, consent FROM consents WHERE user = ? ORDER BY guild, consent",
    "SELECT id, name, layers FROM personal_favourites WHERE user = ? ORDER BY id",
    // One that is due goes by itself.
    `SELECT id, at, request FROM wake_ups WHERE scope = 'me' AND created_by = ?
      AND at > 1000 * unixepoch() + 60000 ORDER BY id`,
  ].map((query) => db.prepare(query));
  const json = (rows: unknown) => JSON.stringify(rows);
  const read = (guild: string, members: readonly string[]): StoredState => ({
    server: json([Object.values(settings!.get(guild) ?? {}).filter((value) => value !== null), programmes!.all(guild)]),
    evenings: json(evenings!.all(guild)),
    sounds: new Map(
      (sounds!.all(guild) as { id: string; addedBy: string | null }[]).map(({ addedBy, ...known }) => [
        known.id,
        { known: json(known), addedBy },
      ]),
    ),
    own: new Map(members.map((member) => [member, json(own.map((query) => query.all(member)))])),
  });
  const latest = new Map<string, { readonly version: unknown; readonly state: StoredState }>();
  return {
    of(guild: string, members: readonly string[]): StoredState {
      // Another one wherever the bot has committed something since.
      const version = db.pragma("data_version", { simple: true });
      const known = latest.get(guild);
      if (known !== undefined && known.version === version) return known.state;
      const state = read(guild, members);
      latest.set(guild, { version, state });
      return state;
    },
    close: () => void db.close(),
  };
};
