import {
  type APIButtonComponentWithCustomId,
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
  ButtonStyle,
  ComponentType,
} from "discord.js";
import type { PhaseName } from "../catalogue/programmes.ts";
import { customId } from "../commands/customId.ts";
import { channelLink, member, timeOfDay } from "../commands/markdown.ts";
import { layerLevel, levelWord, placeWord } from "../commands/mix/mixLevels.ts";
import { sleepTimerText } from "../commands/sleep/sleepLine.ts";
import { assertNever } from "../kernel/errors.ts";
import { named, type Say, type Text, text, titled, together } from "../kernel/text.ts";
import { describeDuration } from "../session/duration.ts";
import type { Interruption } from "../session/session.ts";
import type { EntryView, LayerView, SessionView } from "../session/view.ts";

/** A blue that does not light up a dark room. */
const ACCENT = 0x3d4a73;

const INTERRUPTIONS: Readonly<Record<Interruption, Text>> = {
  reconnecting: text`The connection is being mended. The sound goes on from where it was.`,
  suppressed: text`On this stage I need to be invited to speak; my hand is up. The sound waits until then.`,
  muted: text`I am muted here. The sound goes on as soon as I may speak again.`,
};

const statusLine = ({ status, pauseReason, now, coming }: SessionView): Text | undefined => {
  if (status === "paused")
    return pauseReason === "alone"
      ? text`Paused until somebody comes back.`
      : text`Paused. The sound waits where it was.`;
  if (status === "waiting") return text`It is being prepared, and starts by itself.`;
  if (coming !== undefined && now !== undefined) return text`${titled(coming.title)} is being prepared, and follows.`;
  return undefined;
};

const nextLine = ({ queue, loop }: SessionView): Text => {
  const [next, ...others] = queue;
  if (loop === "one") return text`This sound repeats.`;
  if (next === undefined) return text`It repeats until another sound is queued.`;
  return others.length === 0
    ? text`Next: ${titled(next.title)}`
    : text`Next: ${titled(next.title)}, then ${others.length} more`;
};

/** A layer as short as it can be said. */
const layerWords = ({ title, gainDb, place }: LayerView): Text => {
  const level = layerLevel(gainDb);
  const how = [...(level === "full" ? [] : [levelWord(level)]), ...(place === "centre" ? [] : [placeWord(place)])];
  return how.length === 0 ? together([named(title)]) : text`${named(title)} (${together(how, ", ")})`;
};

const voteLine = ({ votes }: SessionView): Text | undefined => {
  if (votes === undefined) return undefined;
  const { to, have, need } = votes;
  return to === "skip"
    ? text`${have} of the ${need} it takes would like to skip this. Skip joins them.`
    : text`${have} of the ${need} it takes would like to stop. Stop joins them.`;
};

const PHASES: Readonly<Record<PhaseName, Text>> = {
  settle: text`settling in`,
  trigger: text`the trigger`,
  deepen: text`going deeper`,
  dissolve: text`fading away`,
  work: text`work`,
  pause: text`a pause`,
};

/** Where in a programme the room is; nothing while it hears something else. */
const programmeLine = ({ programme }: SessionView): Text | undefined => {
  const { title = "", phase = -1, phases = [] } = programme ?? {};
  const curve = phases[phase];
  return curve && text`${named(title)}, ${phase + 1} of ${phases.length}: ${PHASES[curve.name]}`;
};

const queuedLine = ({ by, lasts }: EntryView): Text =>
  lasts === undefined ? text`Queued by ${member(by)}` : text`Queued by ${member(by)}, for ${describeDuration(lasts)}`;

const soundLines = (view: SessionView, say: Say): string => {
  const heard: EntryView | undefined = view.now ?? view.coming;
  if (heard === undefined) return say`### Nothing is playing\nAdd a sound with /play.`;
  const lines = [
    heard.layers.length > 1 ? together(heard.layers.map(layerWords), " + ") : undefined,
    programmeLine(view),
    queuedLine(heard),
    statusLine(view),
    nextLine(view),
  ];
  const said = lines.filter((line) => line !== undefined).map((line) => say.of(line));
  return [`### ${say.of(titled(heard.title))}`, ...said].join("\n");
};

const buttonsOf = (view: SessionView, say: Say): readonly APIButtonComponentWithCustomId[] => {
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
    view.status === "paused" ? button("resume", say`Resume`) : button("pause", say`Pause`, isQuiet),
    button("skip", say`Skip`, isQuiet),
    view.sleepTimer ? button("extend", say`+15 min`) : button("sleep", say`Sleep in 30 min`),
    button("favourite", say`Favourite`, isQuiet),
    button("stop", say`Stop`),
  ];
};

/** For whoever feels it, whatever else is pressed. */
const tingleButton = ({ id, status }: SessionView, say: Say): APIButtonComponentWithCustomId => ({
  type: ComponentType.Button,
  style: ButtonStyle.Secondary,
  label: say`Tingle`,
  emoji: { name: "🌙" },
  custom_id: customId("tingle", id),
  disabled: status === "quiet",
});

const endLine = ({ endReason, endedAt, startedAt, channel }: SessionView): Text => {
  const at = timeOfDay(endedAt ?? startedAt);
  switch (endReason) {
    case "slept":
      return text`The room fell quiet at ${at}. Good night.`;
    case "stopped":
    case undefined:
      return text`Stopped at ${at}. Good night.`;
    case "alone":
      return text`Nobody was left to listen, so I went at ${at}.`;
    case "quiet":
      return text`Nothing was left to play, so I went at ${at}.`;
    case "disconnected":
      return text`I was disconnected at ${at}. /play brings me back.`;
    case "channel-gone":
      return text`The voice channel was gone at ${at}. /play works in any other one.`;
    case "no-permission":
      return text`I may not connect to ${channelLink(channel)} or speak there. Ask someone who manages it, then try /play again.`;
    case "unreachable":
      return text`The voice connection could not be kept up. /play tries again.`;
    default:
      return assertNever(endReason);
  }
};

/** The now-playing panel of a session in components v2; one quiet line when it is over. */
export const panelOf = (view: SessionView, say: Say): readonly APIMessageTopLevelComponent[] => {
  if (view.status === "over") return [{ type: ComponentType.TextDisplay, content: `-# ${say.of(endLine(view))}` }];
  const small = [voteLine(view), view.interrupted && INTERRUPTIONS[view.interrupted], view.note].filter(
    (line) => line !== undefined,
  );
  const display = (content: string): APIComponentInContainer => ({ type: ComponentType.TextDisplay, content });
  const components: APIComponentInContainer[] = [
    display(soundLines(view, say)),
    ...(view.sleepTimer ? [display(say.of(sleepTimerText(view.sleepTimer)))] : []),
    ...(small.length > 0 ? [display(small.map((line) => `-# ${say.of(line)}`).join("\n"))] : []),
    { type: ComponentType.ActionRow, components: [...buttonsOf(view, say)] },
    { type: ComponentType.ActionRow, components: [tingleButton(view, say)] },
  ];
  return [{ type: ComponentType.Container, accent_color: ACCENT, components }];
};
