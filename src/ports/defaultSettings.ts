import { DEFAULT_RULES } from "../session/rules.ts";
import type { GuildSettings } from "./guild.ts";

/** What holds for a guild that has chosen nothing: the sounds as they are stored, under the usual rules. */
export const DEFAULT_SETTINGS: GuildSettings = { ...DEFAULT_RULES, volumeDb: 0 };
