import { minutes } from "../kernel/units.ts";
import type { GuildSettings } from "./ports.ts";

/** What holds for a guild that has chosen nothing: the sounds as they are stored, and three minutes of fade. */
export const DEFAULT_SETTINGS: GuildSettings = { ceilingDb: 0, loudnessDb: 0, fade: minutes(3) };
