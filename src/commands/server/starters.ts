import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  ButtonStyle,
  ComponentType,
} from "discord.js";
import type { Say } from "../../i18n/say.ts";
import { customId } from "../customId.ts";
import { soundButton } from "../playback/play.ts";

const ACTION = "start-with";

/** Four sounds that are unlike one another, for somebody who has heard none. */
export const STARTERS = [
  { sound: "rain-window", label: "help.startRain" },
  { sound: "whisper-good-night", label: "help.startWhisper" },
  { sound: "fire", label: "help.startHearth" },
  { sound: "purr", label: "help.startCat" },
] as const;

/** Buttons that join the presser's voice channel and play a sound there. */
export const starterButtons = (say: Say): APIActionRowComponent<APIButtonComponentWithCustomId> => ({
  type: ComponentType.ActionRow,
  components: STARTERS.map(({ sound, label }) => ({
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label: say(label),
    custom_id: customId(ACTION, sound),
  })),
});

/** A press of one of {@link starterButtons}: the sound begins, or is queued where one plays. */
export const starterPressed = soundButton(ACTION);
