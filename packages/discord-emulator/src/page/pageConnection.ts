import type { RawData, WebSocket } from "ws";
import type { ActivityFrame } from "../api.ts";
import { guildChanges, type KnownGuild, knowGuild } from "./guildDiff.ts";
import type { PageUser } from "./pageUser.ts";
import { type Outcome, PageRequest, packetFrame, type ServerMessage } from "./protocol.ts";

/** One open page. */
export interface PageConnection {
  /** Tells the page what has changed, if anything has. */
  refresh(): void;
  send(told: ServerMessage): void;
}

/** A page that reads more slowly than this many bytes behind loses sound, not messages. */
const LONGEST_BACKLOG = 1024 * 1024;
/** More questions than anybody asks in a second. */
const REQUESTS_PER_SECOND = 60;

const text = (data: RawData): string =>
  (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as ArrayBuffer)).toString("utf8");

const parse = (data: RawData): PageRequest | undefined => {
  try {
    return PageRequest.safeParse(JSON.parse(text(data))).data;
  } catch {
    return undefined;
  }
};

/** Speaks with one page over its socket until that closes. */
export const openPageConnection = (socket: WebSocket, user: PageUser): PageConnection => {
  let known: KnownGuild | undefined;
  let sentCommands = "";
  let stopListening: (() => void) | undefined;
  let activity: ActivityFrame | undefined;
  let second = 0;
  let requests = 0;

  const send = (message: ServerMessage) => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  };
  const sendGuild = () => {
    const guild = { ...user.view(), isListening: stopListening !== undefined };
    const next = knowGuild(guild);
    const changes = known && guildChanges(known, next, guild);
    if (known === undefined) send({ type: "guild", guild });
    else if (changes !== undefined) send({ type: "changes", changes });
    known = next;
  };
  const sendCommands = () => {
    const commands = user.commands();
    const json = JSON.stringify(commands);
    if (json === sentCommands) return;
    sentCommands = json;
    send({ type: "commands", commands });
  };
  const stop = () => {
    stopListening?.();
    stopListening = undefined;
  };
  const listen = () => {
    stopListening ??= user.listen(({ sequence, opus }) => {
      if (opus === undefined || socket.bufferedAmount > LONGEST_BACKLOG) return;
      if (socket.readyState === socket.OPEN) socket.send(packetFrame(sequence, opus));
    });
  };
  const refresh = () => {
    if (!user.isInVoice()) stop();
    if (socket.readyState !== socket.OPEN) return;
    sendGuild();
    sendCommands();
  };
  /** The activity is shown by this page alone, unlike what its user does. @returns undefined for other requests */
  const answerForActivity = (request: PageRequest): Outcome | undefined => {
    switch (request.type) {
      case "openActivity": {
        const opened = user.openActivity((message) => send({ type: "activity", message }), request);
        if ("kind" in opened) return opened;
        activity = opened;
        return { kind: "activity", query: activity.query };
      }
      case "activityMessage":
        activity?.receive(request.message);
        return { kind: "done" };
      case "closeActivity":
        activity?.close();
        return { kind: "done" };
      default:
        return undefined;
    }
  };
  const answer = async (request: PageRequest) => {
    const outcome = answerForActivity(request) ?? (await user.handle(request));
    if (outcome.kind !== "failed" && (request.type === "join" || request.type === "listen")) listen();
    // The world first, so that what was done is seen when the answer is.
    refresh();
    send({ type: "answer", id: request.id, outcome });
  };

  socket.on("message", (data, isBinary) => {
    const now = Math.floor(performance.now() / 1_000);
    if (now !== second) [second, requests] = [now, 0];
    if (++requests > REQUESTS_PER_SECOND) return socket.close(1008, "too many questions");
    const question = isBinary ? undefined : parse(data);
    if (question === undefined) return socket.close(1008, "not a question");
    void answer(question);
  });
  socket.on("close", () => {
    stop();
    activity?.close();
  });
  // Frames that are too long close the socket with 1009; there is nobody to tell.
  socket.on("error", () => undefined);
  refresh();
  return { refresh, send };
};
