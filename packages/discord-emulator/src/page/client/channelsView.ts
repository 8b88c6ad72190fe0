import { html, nothing, type TemplateResult } from "lit-html";
import type { ChannelView, MemberView } from "../../api.ts";
import { avatar } from "./avatar.ts";
import { settings } from "./settings.ts";
import { type ViewContext, voiceChannelOf } from "./viewContext.ts";

const ICONS: Readonly<Record<ChannelView["kind"], string>> = {
  text: "M9 4 7 20M17 4l-2 16M4.5 9h16M3.5 15h16",
  voice: "M4 9.5v5h3.5L12 18.5v-13L7.5 9.5ZM15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11",
  stage: "M12 13.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM8 16.5a6 6 0 1 1 8 0M5.5 19a10 10 0 1 1 13 0M12 16.5V21",
};

const icon = (kind: ChannelView["kind"]) =>
  html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${ICONS[kind]} /></svg>`;

const memberInVoice = ({ name, bot, voice }: MemberView): TemplateResult => {
  const marks = [
    voice?.suppressed && "audience",
    !bot && voice?.deafened ? "deafened" : !bot && voice?.muted && "muted",
  ].filter(Boolean);
  return html`<li class="sitter">
    ${avatar(name, bot)}<span>${name}</span>${marks.length > 0 ? html`<span class="faint">${marks.join(", ")}</span>` : nothing}
  </li>`;
};

const textChannel = ({ name }: ChannelView, { state, store }: ViewContext): TemplateResult => html`<li>
  <button
    type="button"
    class="channel"
    aria-current=${state.channel === name ? "page" : nothing}
    @click=${() => store.set({ channel: name, drawer: undefined })}
  >
    ${icon("text")}<span>${name}</span>
  </button>
</li>`;

const voiceChannel = (channel: ChannelView, context: ViewContext): TemplateResult => {
  const { name, kind, userLimit, status } = channel;
  const { guild, actions } = context;
  const here = voiceChannelOf(guild) === name;
  const sitters = guild.members.filter(({ voice }) => voice?.channel === name);
  const label = `${here ? "You are in" : "Join"} ${name}, ${kind === "stage" ? "a stage" : "a voice channel"}`;
  return html`<li>
    <button type="button" class="channel ${here ? "here" : ""}" aria-label=${label} @click=${() => !here && actions.join(name)}>
      ${icon(kind)}<span>${name}</span>
      ${userLimit > 0 ? html`<span class="faint">${sitters.length}/${userLimit}</span>` : nothing}
      ${here ? nothing : html`<span class="join" aria-hidden="true">Join</span>`}
    </button>
    ${status ? html`<p class="channel-status">${status}</p>` : nothing}
    ${sitters.length > 0 ? html`<ul aria-label="In ${name}">${sitters.map(memberInVoice)}</ul>` : nothing}
  </li>`;
};

/** The list of channels, with the members who are in voice. */
export const channelsView = (context: ViewContext): TemplateResult => {
  const { guild, state } = context;
  const texts = guild.channels.filter(({ kind }) => kind === "text");
  const voices = guild.channels.filter(({ kind }) => kind !== "text");
  return html`<nav class="channels ${state.drawer === "channels" ? "open" : ""}" id="channels" aria-label="Channels">
    <p class="guild"><img src="/favicon.svg" alt="" />${settings.heading}</p>
    <h2>Text</h2>
    <ul>${texts.map((channel) => textChannel(channel, context))}</ul>
    <h2>Voice</h2>
    <ul>${voices.map((channel) => voiceChannel(channel, context))}</ul>
  </nav>`;
};
