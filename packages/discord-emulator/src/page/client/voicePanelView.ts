import { html, nothing, type TemplateResult } from "lit-html";
import { settings } from "./settings.ts";
import { type ViewContext, voiceChannelOf } from "./viewContext.ts";

/** DOM id of the level meter. */
export const METER_ID = "level";
/** What the meter shows as nothing, in dBFS. */
export const FLOOR = -70;

const stateOf = ({ state, guild }: ViewContext): string => {
  if (state.connection !== "open") return "Connecting…";
  if (!guild.isListening) return "Not heard in this window";
  if (state.sound.muted) return "Muted";
  if (state.sound.isHeard) return `Hearing ${settings.botName}`;
  const bot = guild.members.find(({ bot }) => bot);
  return bot?.voice?.channel === voiceChannelOf(guild) ? "Connected, quiet for now" : "Connected";
};

/** The user's voice channel: whether sound comes, how loud it is, and the button to leave. */
export const voicePanelView = (context: ViewContext): TemplateResult | typeof nothing => {
  const { state, guild, actions } = context;
  const channel = voiceChannelOf(guild);
  if (channel === undefined) return nothing;
  const { muted } = state.sound;
  return html`<section class="dock" aria-label="Voice">
    <div class="dock-state">
      <p role="status"><span class="lamp ${state.sound.isHeard ? "on" : ""}" aria-hidden="true"></span>${stateOf(context)}</p>
      <p class="faint">${channel}</p>
    </div>
    <div
      class="meter"
      id=${METER_ID}
      role="meter"
      aria-label="Level in decibels"
      aria-valuemin=${FLOOR}
      aria-valuemax="0"
      aria-valuenow=${FLOOR}
    >
      <span></span>
    </div>
    <div class="dock-buttons">
      ${
        guild.isListening
          ? html`<button type="button" class="button secondary" aria-pressed=${muted} @click=${() => actions.mute(!muted)}>
              ${muted ? "Unmute" : "Mute"}
            </button>`
          : html`<button type="button" class="button primary" @click=${actions.listenHere}>Listen here</button>`
      }
      ${settings.effects.map(
        ({ emoji, label }) =>
          html`<button type="button" class="button secondary" aria-label=${label} title=${label} @click=${() => actions.sendEffect(emoji, label)}>
            ${emoji}
          </button>`,
      )}
      <button type="button" class="button secondary" @click=${actions.leave}>Leave</button>
    </div>
  </section>`;
};
