/** Every table as the latest migration leaves it. Moments are milliseconds since the Unix epoch. */
export interface Schema {
  favourites: {
    id: string;
    guild: string;
    name: string;
    /** The name as it is compared. */
    folded: string;
    /** Its first sound. */
    sound: string;
    /** JSON: every layer of a mix; null where the sound is heard as it is. */
    layers: string | null;
    /** How often it was played. */
    uses: number;
    added_by: string;
    added_at: number;
    /** From 0, without gaps. */
    position: number;
  };
  /** Favourites that can be restored for a week. */
  removed_favourites: {
    id: string;
    guild: string;
    name: string;
    folded: string;
    sound: string;
    layers: string | null;
    uses: number;
    added_by: string;
    added_at: number;
    removed_at: number;
  };
  /** Favourites of one user, on every server. */
  personal_favourites: {
    id: string;
    user: string;
    name: string;
    folded: string;
    /** JSON: every layer. */
    layers: string;
    uses: number;
    added_at: number;
  };
  /** Null: the default holds. */
  settings: {
    guild: string;
    ceiling_db: number | null;
    loudness_db: number | null;
    fade_ms: number | null;
    grace_ms: number | null;
    /** 0 or 1. */
    eyes_closed: number | null;
    timer_end: string | null;
    ducking_db: number | null;
    /** 0 or 1. */
    votes: number | null;
    /** JSON. */
    quiet: string | null;
    /** JSON. */
    quiet_channel: string | null;
    /** The channel in which sound has been heard since it was last empty; null: in none. */
    quiet_channel_heard_in: string | null;
    host_role: string | null;
    default_channel: string | null;
    language: string | null;
  };
  sessions: {
    guild: string;
    /** The helper that speaks, by its user id; empty: the bot itself. */
    helper: string;
    saved_at: number;
    /** The version of the session's shape. */
    format: number;
    /** JSON. */
    session: string;
  };
  schedules: {
    id: string;
    guild: string;
    programme: string;
    /** Weekdays as digits, Monday being 1: `135`. */
    days: string;
    time: string;
    zone: string;
    channel: string;
    panel: string;
    created_by: string;
    created_at: number;
    event: string | null;
    /** Local time of the wake-up on the morning after: `07:30`. */
    wake: string | null;
  };
  /** The state of each date of a schedule; one row per date, so that it can be claimed once. */
  occurrences: {
    schedule: string;
    date: string;
    fate: string;
    at: number;
    note: string | null;
    /** Of the job that claimed it, where several processes share the database. */
    turn: number | null;
  };
  /** Wake-ups that are still to come. */
  wake_ups: {
    id: string;
    guild: string;
    created_by: string;
    /** `channel` or `me`. */
    scope: string;
    /** When its sound has risen. */
    at: number;
    rise_ms: number;
    channel: string;
    panel: string;
    /** JSON: what it plays; null: a sound of Lull's choice. */
    request: string | null;
  };
  programmes: {
    id: string;
    guild: string;
    title: string;
    /** The title as it is compared. */
    folded: string;
    /** JSON, without the id. */
    programme: string;
    created_by: string;
    created_at: number;
  };
  /** Each user's avoid list, for every guild. */
  avoid: {
    user: string;
    /** JSON. */
    triggers: string;
    /** JSON. */
    risks: string;
    mode: string;
  };
  /** Whose lists take effect together in a night; deleted at noon. */
  anonymity_sets: {
    id: string;
    /** The night's date, from noon to noon: `2026-03-29`. */
    night: string;
    guild: string;
    /** JSON: user ids in ascending order; `"0"` for a member who has deleted their data. */
    members: string;
    /** JSON: voice channel ids. */
    channels: string;
  };
  /** A row is a consent that was given. */
  consents: {
    guild: string;
    user: string;
    consent: string;
  };
  tingles: {
    guild: string;
    sound: string;
    minute: number;
    count: number;
  };
  heard: {
    guild: string;
    sound: string;
    /** `2026-03-29` */
    evening: string;
    minutes: number;
  };
  /** The date on which a guild was last told that it mostly hears this trigger. */
  hints: {
    guild: string;
    trigger: string;
    evening: string;
  };
  /** Triggers that a guild lets rest, so that they may work again. */
  rests: {
    guild: string;
    trigger: string;
    /** The first date on which it may be suggested again. */
    until: string;
  };
  /** Nights whose morning message is still to come. */
  mornings: {
    session: string;
    guild: string;
    due_at: number;
    /** JSON. */
    morning: string;
  };
  guild_sounds: {
    id: string;
    guild: string;
    title: string;
    trigger: string;
    /** JSON. */
    risks: string;
    licence: string;
    origin: string;
    /** Null: the user has deleted their data. */
    added_by: string | null;
    added_at: number;
    /** Names the file. */
    hash: string;
    bytes: number;
    /** In frames of 20 ms. */
    length: number;
    /** 1: every guild hears it. */
    shared: number;
    /** Set: a tombstone, which says what was there. */
    removed_at: number | null;
  };
  /** Sounds that are off until a guild turns them on; a row for each that one has. */
  opt_in_sounds: {
    guild: string;
    sound: string;
  };
  /** Guilds that have removed the bot, about which something is still kept. */
  farewells: {
    guild: string;
    left_at: number;
  };
  /** Files in parts of 256 kB, where several machines may use the database; on SQLite there are none. */
  file_parts: {
    /** Its path in the data folder: `uploads/0123.opus`. */
    name: string;
    /** From 0. */
    part: number;
    bytes: Buffer;
  };
  /** What replicas agree on; one row, and none on SQLite, as of the tables after it. */
  gateway: {
    /** 0 */
    id: number;
    /** Number of shards. */
    shards: number;
    /** The last fencing token. */
    token: number;
  };
  /** Whose each shard is (`src/leases`). */
  shard_leases: {
    shard: number;
    /** The replica that serves it; null: none does. */
    owner: string | null;
    /** Raised each time the lease is taken. */
    token: number;
    /** By the database's clock. */
    expires_at: number;
    /** The replica that it is being handed over to. */
    successor: string | null;
    /** 1: that one has opened its gateway session. */
    successor_ready: number;
  };
  /** The processes that share the shards. */
  replicas: {
    id: string;
    /** By the database's clock. */
    seen_at: number;
    /** 0 or 1: it is ending. */
    draining: number;
  };
  /** When the next Identify of each bucket of `max_concurrency` may be sent, by the database's clock. */
  identify_slots: {
    bucket: number;
    free_at: number;
  };
  /** Interactions that one replica answers of two that have received them, for a minute. */
  claimed_interactions: {
    id: string;
    /** By the database's clock. */
    at: number;
  };
}
