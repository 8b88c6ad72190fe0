import { type Message, message } from "../../i18n/message.ts";
import type { SessionView } from "../../session/view.ts";
import { timeOfDay } from "../markdown.ts";

/** Says when the sound will be there while many connect at once; undefined where it need not wait. */
export const connectsAtText = ({ connectsAt }: SessionView): Message | undefined =>
  connectsAt === undefined ? undefined : message("panel.connectsAt", { time: timeOfDay(connectsAt) });
