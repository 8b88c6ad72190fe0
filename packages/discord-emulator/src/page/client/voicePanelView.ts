import { html, nothing, type TemplateResult } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { activityButton } from "./activityView.ts";
import { emojiView } from "./emojiView.ts";
import { botIn, type ViewContext, voiceChannelOf } from "./viewContext.ts";

/** DOM id of the level meter. */
export const METER_ID = "level";
/** What the meter shows as nothing, in dBFS. */
export const FLOOR = -70;

const stateOf = ({ state, guild, say, texts: { botName } }: ViewContext): string => {
  if (state.connection !== "open") return say("connecting");
  if (!guild.isListening) return say("notHeard");
  if (state.sound.muted) return say("mutedState");
  if (state.sound.isHeard) return say("hearing", { bot: botName });
  return botIn(guild)?.voice?.channel === voiceChannelOf(guild) ? say("connectedQuiet") : say("connected");
};

/** What the user has just sent, seen by everyone in the channel. */
const effectsView = ({ state, say }: ViewContext): TemplateResult => html`<div class="effects" role="status">
  ${repeat(
    state.effects,
    ({ id }) => id,
    ({ emoji, label }) =>
      html`<span class="effect">${emojiView(emoji)}<span class="heard-only">${say("effectSent", { label })}</span></span>`,
  )}
</div>`;

/** On a stage a bot is in the audience until a moderator invites it to speak. */
const stageView = ({ guild, actions, say, texts: { botName } }: ViewContext): TemplateResult | typeof nothing => {
  const voice = botIn(guild)?.voice;
  const channel = guild.channels.find(({ name }) => name === voice?.channel);
  if (voice === undefined || channel?.kind !== "stage") return nothing;
  const { suppressed } = voice;
  return html`<div class="stage-note">
    ${suppressed ? html`<p class="faint">${say("stageNote", { bot: botName })}</p>` : nothing}
    <button
      type="button"
      class="button ${suppressed ? "primary" : "secondary"}"
      @click=${() => actions.inviteToSpeak(suppressed)}
    >
      ${say(suppressed ? "inviteToSpeak" : "stageAudience")}
    </button>
  </div>`;
};

/** The user's voice channel: whether sound comes, how loud it is, and the button to leave. */
export const voicePanelView = (context: ViewContext): TemplateResult | typeof nothing => {
  const { state, guild, actions, say, texts } = context;
  const channel = voiceChannelOf(guild);
  if (channel === undefined) return nothing;
  const { muted } = state.sound;
  return html`<section class="dock" aria-label=${say("voice")}>
    <div class="dock-state">
      <p role="status"><span class="lamp ${state.sound.isHeard ? "on" : ""}" aria-hidden="true"></span>${stateOf(context)}</p>
      <p class="faint">${channel}</p>
    </div>
    <div
      class="meter"
      id=${METER_ID}
      role="meter"
      aria-label=${say("level")}
      aria-valuemin=${FLOOR}
      aria-valuemax="0"
      aria-valuenow=${FLOOR}
    >
      <span></span>
    </div>
    ${stageView(context)} ${activityButton(context)} ${effectsView(context)}
    <div class="dock-buttons">
      ${
        guild.isListening
          ? html`<button type="button" class="button secondary" aria-pressed=${muted} @click=${() => actions.mute(!muted)}>
              ${say(muted ? "unmute" : "mute")}
            </button>`
          : html`<button type="button" class="button primary" @click=${actions.listenHere}>${say("listenHere")}</button>`
      }
      ${texts.effects.map(
        ({ emoji, label }) =>
          html`<button type="button" class="button secondary" aria-label=${label} title=${label} @click=${() => actions.sendEffect(emoji, label)}>
            ${emojiView(emoji)}
          </button>`,
      )}
      <button type="button" class="button secondary" @click=${actions.leave}>${say("leave")}</button>
    </div>
  </section>`;
};
