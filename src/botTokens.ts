import { type HelperId, id } from "./kernel/ids.ts";

/** A bot token as Discord's settings show it. */
export const BOT_TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** Tokens with commas or spaces between them. */
export const tokensIn = (text: string): readonly string[] => text.split(/[\s,]+/).filter(Boolean);

/** The bot whose token it is: Discord's tokens begin with their bot's id in base64. Undefined for what is no such token. */
export const botIdOf = (token: string): HelperId | undefined => {
  const [first = ""] = token.split(".");
  const user = Buffer.from(first, "base64").toString("latin1");
  return BOT_TOKEN.test(token) && /^\d{15,20}$/.test(user) ? id<HelperId>(user) : undefined;
};
