import {
  type APIButtonComponentWithCustomId,
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
  type APITextDisplayComponent,
  ButtonStyle,
  ComponentType,
} from "discord.js";
import { breathOf, breathText } from "../catalogue/breathing.ts";
import type { PhaseName } from "../catalogue/programmes.ts";
import { customId } from "../commands/customId.ts";
import { channelLink, member, timeOfDay } from "../commands/markdown.ts";
import { layerLevel, levelWord, placeWord } from "../commands/mix/mixLevels.ts";
import { connectsAtText } from "../commands/playback/connectsAt.ts";
import { sleepTimerText } from "../commands/sleep/sleepLine.ts";
import { type Message, message, named, plainly, titled, together } from "../i18n/message.ts";
import type { Say } from "../i18n/say.ts";
import { assertNever } from "../kernel/errors.ts";
import type { Millis } from "../kernel/units.ts";
import { describeDuration } from "../session/duration.ts";
import type { Interruption } from "../session/session.ts";
import { BAR_PARTS, timeLeftParts } from "../session/timeLeft.ts";
import type { EntryView, LayerView, SessionView } from "../session/view.ts";
import type { PanelFace } from "./panelFaces.ts";

/** The parts of the bar of what is left. */
const [FILLED, EMPTY] = ["▰", "▱"];

/** A blue that is not bright in a dark bedroom. */
const ACCENT = 0x3d4a73;

const INTERRUPTIONS: Readonly<Record<Interruption, Message>> = {
  reconnecting: message("panel.reconnecting"),
  suppressed: message("panel.waitingOnStage"),
  muted: message("panel.serverMuted"),
};

const statusLine = (view: SessionView): Message | undefined => {
  const { status, pauseReason, now, coming, interrupted } = view;
  if (pauseReason === "snoozed") return undefined;
  // What brings the sound back is said with the timer.
  if (status === "paused" && pauseReason === "grace") return undefined;
  if (status === "paused")
    return pauseReason === "alone" ? message("panel.pausedUntilReturn") : message("panel.paused");
  if (status === "waiting") return message("panel.preparing");
  if (status === "playing" && now?.heard === false && interrupted === undefined)
    return connectsAtText(view) ?? message("panel.connecting");
  if (coming !== undefined && now !== undefined) return message("panel.preparingNext", { title: titled(coming.title) });
  return undefined;
};

const nextLine = ({ queue, loop, ...view }: SessionView): Message => {
  const [next, ...others] = queue;
  const isInterlude = (view.now ?? view.coming)?.interlude === true;
  if (loop === "one" && !isInterlude) return message("panel.repeatsThisSound");
  if (next === undefined) return isInterlude ? message("panel.thenSilence") : message("panel.loopsUntilQueued");
  return others.length === 0
    ? message("panel.next", { title: titled(next.title) })
    : message("panel.nextAndMore", { title: titled(next.title), count: others.length });
};

/** A layer in as few words as possible. */
const layerWords = ({ title, gainDb, place }: LayerView): Message => {
  const level = layerLevel(gainDb);
  const how = [...(level === "full" ? [] : [levelWord(level)]), ...(place === "centre" ? [] : [placeWord(place)])];
  return how.length === 0
    ? together([named(title)])
    : message("panel.layerWithDetails", { title: named(title), details: together(how, ", ") });
};

const voteLine = ({ votes }: SessionView): Message | undefined => {
  if (votes === undefined) return undefined;
  const { to, have, need } = votes;
  return to === "skip" ? message("vote.skipOnPanel", { have, need }) : message("vote.stopOnPanel", { have, need });
};

const PHASES: Readonly<Record<PhaseName, Message>> = {
  stretch: message("panel.phaseStretch"),
  breathe: message("panel.phaseBreathe"),
  scan: message("panel.phaseScan"),
  settle: message("panel.phaseSettle"),
  trigger: message("panel.phaseTrigger"),
  deepen: message("panel.phaseDeepen"),
  dissolve: message("panel.phaseDissolve"),
  work: message("panel.phaseWork"),
  pause: message("panel.phaseBreak"),
};

/** The current phase of the programme; nothing while another sound plays. */
const programmeLine = ({ programme }: SessionView): Message | undefined => {
  const { title = "", phase = -1, phases = [] } = programme ?? {};
  const curve = phases[phase];
  return (
    curve &&
    message("panel.programmePhase", {
      title: named(title),
      part: phase + 1,
      total: phases.length,
      phase: PHASES[curve.name],
    })
  );
};

/** What the current phase of the programme asks for. */
const guidingLine = ({ programme }: SessionView): Message | undefined => {
  const line = programme?.phases[programme.phase ?? -1]?.line;
  return line === undefined ? undefined : plainly(line);
};

/** How to breathe with it, if its sound keeps that time. */
const breathLine = ({ layers }: EntryView): Message | undefined => {
  const [name] = layers.map(({ sound }) => breathOf(sound)).filter((known) => known !== undefined);
  return name && message("breathe.onPanel", { pattern: breathText(name) });
};

const queuedLine = ({ by, lasts }: EntryView): Message =>
  lasts === undefined
    ? message("panel.queuedBy", { user: member(by) })
    : message("panel.queuedByFor", { user: member(by), duration: describeDuration(lasts) });

const wakeUpLine = ({ wakeUp, pauseReason }: SessionView): Message | undefined => {
  if (wakeUp === undefined) return undefined;
  return pauseReason === "snoozed" && wakeUp.snoozedUntil !== undefined
    ? message("wake.snoozedUntil", { time: timeOfDay(wakeUp.snoozedUntil) })
    : message("wake.rising", { time: timeOfDay(wakeUp.fullAt) });
};

const soundLines = (view: SessionView, say: Say): string => {
  const heard: EntryView | undefined = view.now ?? view.coming;
  if (heard === undefined) return say("panel.nothingPlaying");
  const lines = [
    heard.layers.length > 1 ? together(heard.layers.map(layerWords), " + ") : undefined,
    programmeLine(view),
    guidingLine(view),
    breathLine(heard),
    queuedLine(heard),
    wakeUpLine(view),
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
  // Buttons stay enabled: a refusal gives a reason, a disabled button does not.
  const isQuiet = view.status === "quiet";
  return [
    view.status === "paused" ? button("resume", say("panel.resume")) : button("pause", say("panel.pause"), isQuiet),
    button("skip", say("panel.skip"), isQuiet),
    view.sleepTimer ? button("extend", say("panel.extend15Min")) : button("sleep", say("panel.sleepIn30Min")),
    button("favourite", say("panel.favourite"), isQuiet),
    button("stop", say("panel.stop")),
  ];
};

const besideFace = (
  words: APITextDisplayComponent,
  { name, alt }: Pick<PanelFace, "name" | "alt">,
  say: Say,
): APIComponentInContainer => ({
  type: ComponentType.Section,
  components: [words],
  accessory: { type: ComponentType.Thumbnail, media: { url: `attachment://${name}` }, description: say.word(alt) },
});

/** The button that marks a tingle. */
const tingleButton = ({ id, status, tingles }: SessionView, say: Say): APIButtonComponentWithCustomId => ({
  type: ComponentType.Button,
  style: ButtonStyle.Secondary,
  label: tingles === 0 ? say("panel.tingle") : say("panel.tingleCounted", { count: tingles }),
  emoji: { name: "🌙" },
  custom_id: customId("tingle", id),
  disabled: status === "quiet",
});

/** The button for somebody for whom it is too much; it is answered to them alone. */
const tooMuchButton = ({ id }: SessionView, say: Say): APIButtonComponentWithCustomId => ({
  type: ComponentType.Button,
  style: ButtonStyle.Secondary,
  label: say("panel.tooMuch"),
  custom_id: customId("too-much", id),
});

const endLine = ({ endReason, endedAt, startedAt, channel }: SessionView): Message => {
  const at = timeOfDay(endedAt ?? startedAt);
  switch (endReason) {
    case "slept":
      return message("panel.endedSilent", { time: at });
    case "woken":
      return message("panel.endedWoken", { time: at });
    case "stopped":
    case undefined:
      return message("panel.endedStopped", { time: at });
    case "alone":
      return message("panel.endedAlone", { time: at });
    case "quiet":
      return message("panel.endedNothingLeft", { time: at });
    case "disconnected":
      return message("panel.endedDisconnected", { time: at });
    case "channel-gone":
      return message("panel.endedChannelGone", { time: at });
    case "no-permission":
      return message("panel.endedWithoutPermission", { channel: channelLink(channel) });
    case "unreachable":
      return message("panel.endedConnectionLost");
    default:
      return assertNever(endReason);
  }
};

/** Why the bot isn't heard now; Discord suppresses it both on a stage and in the AFK channel. */
const interruptionLine = (view: SessionView, isAfkChannel: boolean): Message | undefined => {
  const { interrupted } = view;
  if (interrupted === undefined) return undefined;
  if (interrupted === "reconnecting") return connectsAtText(view) ?? INTERRUPTIONS[interrupted];
  return interrupted === "suppressed" && isAfkChannel ? message("panel.inAfkChannel") : INTERRUPTIONS[interrupted];
};

/** A bar of what is left, and the timer in words; "" where nothing has an end. */
const endLines = (view: SessionView, say: Say, now: Millis): string => {
  const parts = timeLeftParts(view, now);
  const bar = parts === undefined ? [] : [FILLED.repeat(parts) + EMPTY.repeat(BAR_PARTS - parts)];
  return [...bar, ...(view.sleepTimer ? [say.of(sleepTimerText(view.sleepTimer))] : [])].join("\n");
};

/** What surrounds a session's view on its panel. */
export interface PanelSurroundings {
  /** Whether the session's voice channel is the guild's AFK channel. */
  readonly isAfkChannel?: boolean;
  /** The picture of what plays, attached to the message by its name. */
  readonly face?: Pick<PanelFace, "name" | "alt"> | undefined;
  readonly now: Millis;
}

/** The now-playing panel of a session in components v2; one line once the session has ended. */
export const panelOf = (
  view: SessionView,
  say: Say,
  { isAfkChannel = false, face, now }: PanelSurroundings,
): readonly APIMessageTopLevelComponent[] => {
  if (view.status === "over") return [{ type: ComponentType.TextDisplay, content: `-# ${say.of(endLine(view))}` }];
  const listening =
    view.listeners.length === 0 ? undefined : message("panel.listening", { count: view.listeners.length });
  const small = [listening, voteLine(view), interruptionLine(view, isAfkChannel), view.note].filter(
    (line) => line !== undefined,
  );
  const display = (content: string): APITextDisplayComponent => ({ type: ComponentType.TextDisplay, content });
  const sound = display(soundLines(view, say));
  const end = endLines(view, say, now);
  const components: APIComponentInContainer[] = [
    face === undefined ? sound : besideFace(sound, face, say),
    ...(end === "" ? [] : [display(end)]),
    ...(small.length > 0 ? [display(small.map((line) => `-# ${say.of(line)}`).join("\n"))] : []),
    { type: ComponentType.ActionRow, components: [...buttonsOf(view, say)] },
    { type: ComponentType.ActionRow, components: [tingleButton(view, say), tooMuchButton(view, say)] },
  ];
  return [{ type: ComponentType.Container, accent_color: ACCENT, components }];
};
