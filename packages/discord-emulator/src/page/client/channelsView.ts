import { html, nothing, type TemplateResult } from "lit-html";
import type { ChannelView, MemberView } from "../../api.ts";
import { avatar } from "./avatar.ts";
import { drawnText } from "./emojiView.ts";
import { iconView } from "./iconView.ts";
import { type ViewContext, voiceChannelOf } from "./viewContext.ts";

const memberInVoice = ({ name, bot, voice }: MemberView, { say }: ViewContext): TemplateResult => {
  const marks = [
    voice?.suppressed && say("audience"),
    !bot && voice?.deafened ? say("deafened") : !bot && voice?.muted && say("muted"),
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
    ${iconView("text")}<span class="name" title=${name}>${name}</span>
  </button>
</li>`;

const voiceChannel = (channel: ChannelView, context: ViewContext): TemplateResult => {
  const { name, kind, userLimit, status } = channel;
  const { guild, actions, say } = context;
  const here = voiceChannelOf(guild) === name;
  const sitters = guild.members.filter(({ voice }) => voice?.channel === name);
  // The name that is heard begins with what is written: "Join lounge (voice channel)".
  return html`<li>
    <button type="button" class="channel ${here ? "here" : ""}" @click=${() => !here && actions.join(name)}>
      ${iconView(kind)}<span class=${here ? "heard-only" : "join"}>${say(here ? "youAreIn" : "join")} </span
      ><span class="name" title=${name}>${name}</span
      ><span class="heard-only"> ${say(kind === "stage" ? "kindStage" : "kindVoice")}</span>
      ${userLimit > 0 ? html`<span class="faint">${sitters.length}/${userLimit}</span>` : nothing}
    </button>
    ${status ? html`<p class="channel-status">${drawnText(status)}</p>` : nothing}
    ${sitters.length > 0 ? html`<ul aria-label=${say("in", { name })}>${sitters.map((each) => memberInVoice(each, context))}</ul>` : nothing}
  </li>`;
};

/** The list of channels, with the members who are in voice. */
export const channelsView = (context: ViewContext): TemplateResult => {
  const { guild, state, say, texts: page } = context;
  const texts = guild.channels.filter(({ kind }) => kind === "text");
  const voices = guild.channels.filter(({ kind }) => kind !== "text");
  return html`<nav class="channels ${state.drawer === "channels" ? "open" : ""}" id="channels" aria-label=${say("channels")}>
    <p class="guild"><img src="/favicon.svg" alt="" />${page.heading}</p>
    <h2>${say("textChannels")}</h2>
    <ul>${texts.map((channel) => textChannel(channel, context))}</ul>
    <h2>${say("voice")}</h2>
    <ul>${voices.map((channel) => voiceChannel(channel, context))}</ul>
  </nav>`;
};
