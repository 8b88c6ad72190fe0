import { SlashCommandBuilder } from "discord.js";
import { BREATH_NAMES, breathSound, breathText } from "../../catalogue/breathing.ts";
import { breathVisual } from "../../catalogue/visuals.ts";
import { type CommandPath, choiceName, descriptionOf } from "../../i18n/english.ts";
import { type Message, message, titled } from "../../i18n/message.ts";
import { type BreathName, breathSeconds } from "../../kernel/breath.ts";
import { type Frames, framesIn, minutes, seconds } from "../../kernel/units.ts";
import { describeDuration } from "../../session/duration.ts";
import { CROSSFADE } from "../../session/timing.ts";
import type { SessionView } from "../../session/view.ts";
import type { PlainCommand } from "../command.ts";
import { botCanSpeak, requireVoiceChannel } from "../guards.ts";
import { channelLink, withRemark } from "../markdown.ts";
import { unknownSound } from "../refusals.ts";
import { singleSound } from "../soundChoices.ts";
import { drawnVisual } from "../sounds/visual.ts";

/** In minutes. */
const [FEWEST, USUAL, MOST] = [1, 5, 20];

/** As many whole breaths as come nearest; the last one goes over into what follows. */
const lengthOf = (name: BreathName, count: number): Frames => {
  const breath = seconds(breathSeconds(name));
  return framesIn(Math.round(minutes(count) / breath) * breath - CROSSFADE);
};

/** What plays now comes back, once its place has been taken; otherwise the queue continues. */
const afterwards = ({ now, coming, queue: [head] }: SessionView): Message => {
  const next = coming !== undefined && now !== undefined && !now.interlude ? now : head;
  return next === undefined
    ? message("breathe.thenSilence")
    : message("breathe.thenNext", { title: titled(next.title) });
};

/** `/breathe`: paces the breath of those who listen for some minutes; then what played before continues. */
export const breathe: PlainCommand = {
  definition: new SlashCommandBuilder()
    .setName("breathe")
    .setDescription(descriptionOf("breathe"))
    .addStringOption((option) =>
      option
        .setName("pattern")
        .setDescription(descriptionOf("breathe pattern"))
        .addChoices(
          BREATH_NAMES.map((name) => ({
            name: choiceName(`breathe pattern ${name}` satisfies CommandPath),
            value: name,
          })),
        ),
    )
    .addIntegerOption((option) =>
      option.setName("minutes").setDescription(descriptionOf("breathe minutes")).setMinValue(FEWEST).setMaxValue(MOST),
    ),
  guards: [botCanSpeak],
  async run(call, context) {
    const { catalogue, listenerService, sessions } = context;
    const [name = "4-6"] = BREATH_NAMES.filter((one) => one === call.options.optionalText("pattern"));
    const count = call.options.optionalInteger("minutes") ?? USUAL;
    const sound = catalogue.find(breathSound(name));
    if (sound === undefined) throw unknownSound(breathSound(name));
    const channel = requireVoiceChannel(call);
    const { request, remark } = await listenerService.filterRequest(call.guild, channel, {
      ...singleSound(sound),
      lasts: lengthOf(name, count),
      interlude: true,
    });
    const view = await sessions.dispatch(call.guild, {
      type: "soundQueued",
      by: call.user,
      request,
      when: "now",
      channel,
      panel: call.channel,
    });
    const lines = [
      message("breathe.started", {
        title: titled(sound.title),
        channel: channelLink(view.channel),
        duration: describeDuration(minutes(count)),
        pattern: breathText(name),
      }),
      afterwards(view),
      message("breathe.ease"),
    ];
    const picture = await drawnVisual(breathVisual(name), call, context);
    return {
      text: withRemark(lines.map(call.say.of).join("\n"), remark && call.say.of(remark)),
      ...(picture && { files: [picture] }),
    };
  },
};
