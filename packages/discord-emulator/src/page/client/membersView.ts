import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import type { MemberView } from "../../api.ts";
import { avatar } from "./avatar.ts";
import { chooseLocale } from "./locales.ts";
import { isWordKey } from "./say.ts";
import { settings } from "./settings.ts";
import { type ViewContext, voiceChannelOf } from "./viewContext.ts";
import { walkthroughButton } from "./walkthroughView.ts";

/** Offered one after another, so that inviting somebody is one key press. */
const NAMES = ["ana", "bo", "cleo", "dee", "emil", "fay", "gus", "hana", "ivo", "june"];

const nextName = ({ guild }: ViewContext): string => {
  const taken = new Set(guild.members.map(({ name }) => name));
  return NAMES.find((name) => !taken.has(name)) ?? `guest ${guild.members.length}`;
};

const voiceMenu = (person: MemberView, context: ViewContext): TemplateResult => {
  const { guild, actions, say } = context;
  const at = person.voice?.channel;
  const isMuted = person.voice?.muted === true;
  const channels = guild.channels.filter(({ kind, name }) => kind !== "text" && name !== at);
  return html`<div class="seats" id="voice-menu-${person.id}" role="group" aria-label=${say("memberActions", { name: person.name })}>
    ${channels.map(
      ({ name }) =>
        html`<button type="button" class="button secondary" @click=${() => actions.moveMember(person.name, name)}>
          ${say(at === undefined ? "joinFirst" : "moveTo", { name })}
        </button>`,
    )}
    ${
      at === undefined
        ? nothing
        : html`<button type="button" class="button secondary" @click=${() => actions.muteMember(person.name, !isMuted)}>
              ${say(isMuted ? "companionUnmuted" : "companionMuted")}
            </button>
            <button type="button" class="button secondary" @click=${() => actions.moveMember(person.name, null)}>
              ${say("leaveChannel", { name: at })}
            </button>`
    }
    <button type="button" class="button danger" @click=${() => actions.removeMember(person.name)}>${say("sendHome")}</button>
  </div>`;
};

/** What the bot may do, for the user to give and take. */
const permissionsView = (bot: MemberView, { guild, actions, say }: ViewContext): TemplateResult => html`<fieldset
  class="seats permissions"
  id="voice-menu-${bot.id}"
>
  <legend>${say("permissions")}</legend>
  ${guild.botPermissions.map(({ id, isGranted }) => {
    const key = `permission${id}`;
    const label = isWordKey(key) ? say(key) : id;
    const set = (event: Event) => actions.setBotPermission(id, (event.target as HTMLInputElement).checked, label);
    return html`<label><input type="checkbox" .checked=${live(isGranted)} @change=${set} />${label}</label>`;
  })}
</fieldset>`;

const memberView = (person: MemberView, context: ViewContext): TemplateResult => {
  const { guild, state, store, say } = context;
  const { id, name, bot, isHelper, online, voice } = person;
  const isYou = id === guild.user.id;
  const isOpen = state.openMember === id;
  const face = html`${avatar(name, bot)}
    <span class="who">
      <span>${name}${bot ? html`<span class="tag">APP</span>` : nothing}${isYou ? html`<span class="faint"> ${say("you")}</span>` : nothing}</span>
      ${voice ? html`<span class="faint">${say("inChannel", { name: voice.channel })}</span>` : nothing}
    </span>`;
  // A helper has neither a microphone nor permissions that could be tried.
  if (isYou || isHelper) return html`<li class="person"><div class="face">${face}</div></li>`;
  return html`<li class="person ${online ? "" : "offline"}">
    <button
      type="button"
      class="face"
      aria-expanded=${isOpen}
      aria-controls=${isOpen ? `voice-menu-${id}` : nothing}
      @click=${() => store.set({ openMember: isOpen ? undefined : id })}
    >
      ${face}<span class="chevron" aria-hidden="true"></span>
    </button>
    ${isOpen ? (bot ? permissionsView(person, context) : voiceMenu(person, context)) : nothing}
  </li>`;
};

const moderatorView = ({ guild, actions, say }: ViewContext): TemplateResult => html`<label class="moderator">
  <input
    type="checkbox"
    .checked=${live(guild.user.isModerator)}
    @change=${(event: Event) => actions.moderate((event.target as HTMLInputElement).checked)}
  />${say("moderator")}
</label>`;

const languageView = ({ guild, actions, say }: ViewContext): TemplateResult => html`<p class="language">
  <label for="language">${say("language")}</label>
  <select id="language" @change=${(event: Event) => chooseLocale((event.target as HTMLSelectElement).value, actions)}>
    ${settings.locales.map(
      ({ locale, name }) =>
        html`<option value=${locale} lang=${locale} ?selected=${guild.user.locale === locale}>${name}</option>`,
    )}
  </select>
</p>`;

/** The list of members, with the form that invites companions and the choice of a language. */
export const membersView = (context: ViewContext): TemplateResult => {
  const { guild, state, actions, say } = context;
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
  return html`<aside class="people ${state.drawer === "people" ? "open" : ""}" id="people" aria-label=${say("people")}>
    <h2>${say("peopleCount", { count: guild.members.length })}</h2>
    <ul>${guild.members.map((person) => memberView(person, context))}</ul>
    <form class="invite" @submit=${invite}>
      <label for="companion">${say("inviteCompanion")}</label>
      <p class="faint">${say("inviteNote")}</p>
      <div>
        <input id="companion" name="name" type="text" maxlength="32" autocomplete="off" placeholder=${nextName(context)} />
        <button type="submit" class="button secondary">${say("invite")}</button>
      </div>
    </form>
    ${walkthroughButton(context)} ${moderatorView(context)} ${languageView(context)}
  </aside>`;
};
