import {
  type APIButtonComponentWithCustomId,
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
  ButtonStyle,
  ComponentType,
} from "discord.js";
import { customId } from "../commands/customId.ts";
import { channelLink, member, strong, timeOfDay } from "../commands/markdown.ts";
import { layerLevel, placeWord } from "../commands/mixLevels.ts";
import { sleepLine } from "../commands/sleepLine.ts";
import { assertNever } from "../kernel/errors.ts";
import { shown } from "../kernel/markdown.ts";
import type { PhaseName } from "../library/programmes.ts";
import { durationText } from "../session/duration.ts";
import type { Interruption } from "../session/session.ts";
import type { SeenEntry, SeenLayer, SessionView } from "../session/view.ts";

/** A blue that does not light up a dark room. */
const ACCENT = 0x3d4a73;

const INTERRUPTIONS: Readonly<Record<Interruption, string>> = {
  reconnecting: "The connection is being mended. The sound goes on from where it was.",
  suppressed: "On this stage I need to be invited to speak; my hand is up. The sound waits until then.",
  muted: "I am muted here. The sound goes on as soon as I may speak again.",
};

const statusLine = ({ status, pausedWhy, now, coming }: SessionView): string | undefined => {
  if (status === "paused")
    return pausedWhy === "alone" ? "Paused until somebody comes back." : "Paused. The sound waits where it was.";
  if (status === "waiting") return "It is being prepared, and starts by itself.";
  if (coming !== undefined && now !== undefined) return `${strong(coming.title)} is being prepared, and follows.`;
  return undefined;
};

const nextLine = ({ queue, loop }: SessionView): string => {
  const [next, ...others] = queue;
  if (loop === "one") return "This sound repeats.";
  if (next === undefined) return "It repeats until another sound is queued.";
  return `Next: ${strong(next.title)}${others.length > 0 ? `, then ${others.length} more` : ""}`;
};

/** A layer as short as it can be said. */
const layerWords = ({ title, gainDb, place }: SeenLayer): string => {
  const level = layerLevel(gainDb);
  const how = [level === "full" ? undefined : level, place === "centre" ? undefined : placeWord(place)];
  const said = how.filter((word) => word !== undefined).join(", ");
  return said === "" ? shown(title) : `${shown(title)} (${said})`;
};

const VOTES = {
  skip: "would like to skip this. Skip joins them.",
  stop: "would like to stop. Stop joins them.",
} as const;

const voteLine = ({ votes }: SessionView): string | undefined =>
  votes && `${votes.have} of the ${votes.need} it takes ${VOTES[votes.to]}`;

const PHASES: Readonly<Record<PhaseName, string>> = {
  settle: "settling in",
  trigger: "the trigger",
  deepen: "going deeper",
  dissolve: "fading away",
  work: "work",
  pause: "a pause",
};

/** Where in a programme the room is; nothing while it hears something else. */
const programmeLine = ({ programme }: SessionView): string | undefined => {
  const { title = "", phase = -1, phases = [] } = programme ?? {};
  const curve = phases[phase];
  return curve && `${shown(title)}, ${phase + 1} of ${phases.length}: ${PHASES[curve.name]}`;
};

const heardLines = (view: SessionView): string => {
  const heard: SeenEntry | undefined = view.now ?? view.coming;
  if (heard === undefined) return "### Nothing is playing\nAdd a sound with /play.";
  const lines = [
    `### ${strong(heard.title)}`,
    heard.layers.length > 1 ? heard.layers.map(layerWords).join(" + ") : undefined,
    programmeLine(view),
    `Queued by ${member(heard.by)}${heard.lasts === undefined ? "" : `, for ${durationText(heard.lasts)}`}`,
    statusLine(view),
    nextLine(view),
  ];
  return lines.filter((line) => line !== undefined).join("\n");
};

const buttonsOf = (view: SessionView): readonly APIButtonComponentWithCustomId[] => {
  const button = (action: string, label: string, disabled = false): APIButtonComponentWithCustomId => ({
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label,
    custom_id: customId(action, view.id),
    disabled,
  });
  // What cannot be at this moment is refused with a reason, which a grey button does not give.
  const isQuiet = view.status === "quiet";
  return [
    view.status === "paused" ? button("resume", "Resume") : button("pause", "Pause", isQuiet),
    button("skip", "Skip", isQuiet),
    view.sleep ? button("extend", "+15 min") : button("sleep", "Sleep in 30 min"),
    button("favourite", "Favourite", isQuiet),
    button("stop", "Stop"),
  ];
};

/** For whoever feels it, whatever else is pressed. */
const moonOf = ({ id, status }: SessionView): APIButtonComponentWithCustomId => ({
  type: ComponentType.Button,
  style: ButtonStyle.Secondary,
  label: "Tingle",
  emoji: { name: "🌙" },
  custom_id: customId("tingle", id),
  disabled: status === "quiet",
});

const endLine = ({ overWhy, endedAt, startedAt, channel }: SessionView): string => {
  const at = timeOfDay(endedAt ?? startedAt);
  switch (overWhy) {
    case "slept":
      return `The room fell quiet at ${at}. Good night.`;
    case "stopped":
    case undefined:
      return `Stopped at ${at}. Good night.`;
    case "alone":
      return `Nobody was left to listen, so I went at ${at}.`;
    case "quiet":
      return `Nothing was left to play, so I went at ${at}.`;
    case "disconnected":
      return `I was disconnected at ${at}. /play brings me back.`;
    case "channel-gone":
      return `The voice channel was gone at ${at}. /play works in any other one.`;
    case "no-permission":
      return `I may not connect to ${channelLink(channel)} or speak there. Ask someone who manages it, then try /play again.`;
    case "unreachable":
      return `The voice connection could not be kept up. /play tries again.`;
    default:
      return assertNever(overWhy);
  }
};

/** The now-playing panel of a session in components v2; one quiet line when it is over. */
export const panelOf = (view: SessionView): readonly APIMessageTopLevelComponent[] => {
  if (view.status === "over") return [{ type: ComponentType.TextDisplay, content: `-# ${endLine(view)}` }];
  const small = [voteLine(view), view.interrupted && INTERRUPTIONS[view.interrupted], view.note].filter(
    (line) => line !== undefined,
  );
  const text = (content: string): APIComponentInContainer => ({ type: ComponentType.TextDisplay, content });
  const components: APIComponentInContainer[] = [
    text(heardLines(view)),
    ...(view.sleep ? [text(sleepLine(view.sleep))] : []),
    ...(small.length > 0 ? [text(small.map((line) => `-# ${line}`).join("\n"))] : []),
    { type: ComponentType.ActionRow, components: [...buttonsOf(view)] },
    { type: ComponentType.ActionRow, components: [moonOf(view)] },
  ];
  return [{ type: ComponentType.Container, accent_color: ACCENT, components }];
};
