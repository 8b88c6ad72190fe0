import { DEFAULT_RULES } from "../session/rules.ts";
import type { GuildSettings } from "./guild.ts";

/** The settings of a guild that has chosen nothing: full volume and the default rules. */
export const DEFAULT_SETTINGS: GuildSettings = { ...DEFAULT_RULES, volumeDb: 0 };
