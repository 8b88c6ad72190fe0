import { html, nothing, type TemplateResult } from "lit-html";
import type { MemberView } from "../../api.ts";
import { avatar } from "./avatar.ts";
import { chooseLocale } from "./locales.ts";
import { settings } from "./settings.ts";
import { type ViewContext, voiceChannelOf } from "./viewContext.ts";

/** Offered one after another, so that inviting somebody is one key press. */
const NAMES = ["ana", "bo", "cleo", "dee", "emil", "fay", "gus", "hana", "ivo", "june"];

const nextName = ({ guild }: ViewContext): string => {
  const taken = new Set(guild.members.map(({ name }) => name));
  return NAMES.find((name) => !taken.has(name)) ?? `guest ${guild.members.length}`;
};

const voiceMenu = (person: MemberView, context: ViewContext): TemplateResult => {
  const { guild, actions } = context;
  const at = person.voice?.channel;
  const channels = guild.channels.filter(({ kind, name }) => kind !== "text" && name !== at);
  return html`<div class="seats" id="voice-menu-${person.id}" role="group" aria-label="What ${person.name} does">
    ${channels.map(
      ({ name }) =>
        html`<button type="button" class="button secondary" @click=${() => actions.moveMember(person.name, name)}>
          ${at === undefined ? "Join" : "Move to"} ${name}
        </button>`,
    )}
    ${
      at === undefined
        ? nothing
        : html`<button type="button" class="button secondary" @click=${() => actions.moveMember(person.name, null)}>
            Leave ${at}
          </button>`
    }
    <button type="button" class="button danger" @click=${() => actions.removeMember(person.name)}>Send home</button>
  </div>`;
};

const memberView = (person: MemberView, context: ViewContext): TemplateResult => {
  const { guild, state, store } = context;
  const { id, name, bot, online, voice } = person;
  const isYou = id === guild.user.id;
  const isOpen = state.openMember === id;
  const face = html`${avatar(name, bot)}
    <span class="who">
      <span>${name}${bot ? html`<span class="tag">APP</span>` : nothing}${isYou ? html`<span class="faint"> (you)</span>` : nothing}</span>
      ${voice ? html`<span class="faint">in ${voice.channel}</span>` : nothing}
    </span>`;
  if (bot || isYou) return html`<li class="person ${online ? "" : "offline"}"><div class="face">${face}</div></li>`;
  return html`<li class="person">
    <button
      type="button"
      class="face"
      aria-expanded=${isOpen}
      aria-controls="voice-menu-${id}"
      @click=${() => store.set({ openMember: isOpen ? undefined : id })}
    >
      ${face}<span class="chevron" aria-hidden="true"></span>
    </button>
    ${isOpen ? voiceMenu(person, context) : nothing}
  </li>`;
};

const languageView = ({ guild, actions }: ViewContext): TemplateResult => html`<p class="language">
  <label for="language">Your language</label>
  <select id="language" @change=${(event: Event) => chooseLocale((event.target as HTMLSelectElement).value, actions)}>
    ${settings.locales.map(
      ({ locale, name }) =>
        html`<option value=${locale} lang=${locale} ?selected=${guild.user.locale === locale}>${name}</option>`,
    )}
  </select>
</p>`;

/** The list of members, with the form that invites companions and the choice of a language. */
export const membersView = (context: ViewContext): TemplateResult => {
  const { guild, state, actions } = context;
  const invite = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const input = form.elements.namedItem("name") as HTMLInputElement;
    const name = input.value.trim() || input.placeholder;
    if (!(await actions.addMember(name))) return;
    input.value = "";
    const channel = voiceChannelOf(context.store.state.guild ?? guild);
    if (channel !== undefined) actions.moveMember(name, channel);
  };
  return html`<aside class="people ${state.drawer === "people" ? "open" : ""}" id="people" aria-label="People">
    <h2>People · ${guild.members.length}</h2>
    <ul>${guild.members.map((person) => memberView(person, context))}</ul>
    <form class="invite" @submit=${invite}>
      <label for="companion">Invite a companion</label>
      <p class="faint">They join you in your voice channel.</p>
      <div>
        <input id="companion" name="name" type="text" maxlength="32" autocomplete="off" placeholder=${nextName(context)} />
        <button type="submit" class="button secondary">Invite</button>
      </div>
    </form>
    ${languageView(context)}
  </aside>`;
};
