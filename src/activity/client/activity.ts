import { CLOSE, type PageWord, type PageWords } from "../../remote/protocol.ts";
import type { ActivityWords, EntryAnswer, EntryRefusal, EntryRequest } from "../protocol.ts";
import { findDiscord, type SurroundingDiscord } from "./discord.ts";

/** Milliseconds until the next try where the bot does not answer. */
const RETRY = 10_000;
/** The same where another replica looks after the server: a proxy sends the next try there, most of the time. */
const RETRY_ELSEWHERE = 700;

const WHY_REFUSED: Readonly<Record<number, PageWord>> = {
  [CLOSE.linkUnknown]: "linkUnknown",
  [CLOSE.leftChannel]: "leftChannel",
};

const find = (id: string) => document.getElementById(id) as HTMLElement;
const words = JSON.parse(find("words").textContent) as PageWords & ActivityWords;

const say = (text: string) => {
  find("status").textContent = text;
};

/** Waits until the member wants to try again. */
const askToRetry = (): Promise<void> => {
  const button = find("connect");
  button.textContent = words.connectAgain;
  button.hidden = false;
  return new Promise((resolve) => {
    button.addEventListener("click", () => resolve(), { once: true });
  });
};

/** @returns what the bot answers; undefined where it does not */
const askBot = async (request: EntryRequest): Promise<EntryAnswer | EntryRefusal | undefined> => {
  try {
    const response = await fetch(new URL("token", document.baseURI), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(request),
    });
    if (response.status === 503) return { refused: CLOSE.elsewhere };
    return response.status >= 500 || response.status === 429 ? undefined : await response.json();
  } catch {
    return undefined;
  }
};

/** Tries until the page is let in: a code of Discord's is for one try. */
const enter = async ({ guild, channel, authorise }: SurroundingDiscord): Promise<EntryAnswer> => {
  for (;;) {
    find("connect").hidden = true;
    say(words.connecting);
    const authorised = await authorise().catch(() => undefined);
    const answer = authorised && (await askBot({ ...authorised, guild, channel }));
    if (answer !== undefined && "token" in answer) return answer;
    const isElsewhere = answer?.refused === CLOSE.elsewhere;
    if (isElsewhere || (authorised !== undefined && answer === undefined)) {
      say(words.reconnecting);
      await new Promise((resolve) => setTimeout(resolve, isElsewhere ? RETRY_ELSEWHERE : RETRY));
      continue;
    }
    say(answer === undefined ? words.notAllowed : words[WHY_REFUSED[answer.refused] ?? "linkUnknown"]);
    await askToRetry();
  }
};

/** Says who has the page open, below the title. */
const showPeople = (here: string) => {
  const line = document.createElement("p");
  line.id = "people";
  document.querySelector("header")?.append(line);
  return (names: readonly string[]) => {
    const list = new Intl.ListFormat(document.documentElement.lang).format(names);
    line.textContent = names.length === 0 ? "" : here.replace("{names}", () => list);
  };
};

const open = async () => {
  const discord = await findDiscord(document.documentElement.dataset.application ?? "");
  if (discord === undefined) return say(words.onlyInDiscord);
  const { token, accessToken, language, here } = await enter(discord);
  document.documentElement.lang = language;
  // As a link of /remote hands it over; from here on it is the remote's page.
  history.replaceState(null, "", `${location.pathname}${location.search}#${token}`);
  await import("../../remote/client/page.ts");
  // An older client of Discord's may not know all of it; the page does without.
  await discord.settle(accessToken, showPeople(here)).catch((error: unknown) => console.warn(error));
};

void open();
