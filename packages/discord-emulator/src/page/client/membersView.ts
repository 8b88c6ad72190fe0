import { html, nothing, type TemplateResult } from "lit-html";
import type { PersonView } from "../../api.ts";
import { avatar } from "./avatar.ts";
import { chooseLocale } from "./locales.ts";
import { settings } from "./settings.ts";
import { type Scene, seatOf } from "./viewContext.ts";

/** Offered one after another, so that inviting somebody is one key press. */
const NAMES = ["ana", "bo", "cleo", "dee", "emil", "fay", "gus", "hana", "ivo", "june"];

const nextName = ({ world }: Scene): string => {
  const taken = new Set(world.people.map(({ name }) => name));
  return NAMES.find((name) => !taken.has(name)) ?? `guest ${world.people.length}`;
};

const seats = (person: PersonView, scene: Scene): TemplateResult => {
  const { world, actions } = scene;
  const at = person.voice?.channel;
  const rooms = world.channels.filter(({ kind, name }) => kind !== "text" && name !== at);
  return html`<div class="seats" id="seats-${person.id}" role="group" aria-label="What ${person.name} does">
    ${rooms.map(
      ({ name }) =>
        html`<button type="button" class="button secondary" @click=${() => actions.seat(person.name, name)}>
          ${at === undefined ? "Join" : "Move to"} ${name}
        </button>`,
    )}
    ${
      at === undefined
        ? nothing
        : html`<button type="button" class="button secondary" @click=${() => actions.seat(person.name, null)}>
            Leave ${at}
          </button>`
    }
    <button type="button" class="button danger" @click=${() => actions.dismiss(person.name)}>Send home</button>
  </div>`;
};

const personView = (person: PersonView, scene: Scene): TemplateResult => {
  const { world, state, store } = scene;
  const { id, name, bot, online, voice } = person;
  const isYou = id === world.you.id;
  const isOpen = state.person === id;
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
      aria-controls="seats-${id}"
      @click=${() => store.set({ person: isOpen ? undefined : id })}
    >
      ${face}<span class="chevron" aria-hidden="true"></span>
    </button>
    ${isOpen ? seats(person, scene) : nothing}
  </li>`;
};

const languageView = ({ world, actions }: Scene): TemplateResult => html`<p class="language">
  <label for="language">Your language</label>
  <select id="language" @change=${(event: Event) => chooseLocale((event.target as HTMLSelectElement).value, actions)}>
    ${settings.locales.map(
      ({ locale, name }) =>
        html`<option value=${locale} lang=${locale} ?selected=${world.you.locale === locale}>${name}</option>`,
    )}
  </select>
</p>`;

export const peopleView = (scene: Scene): TemplateResult => {
  const { world, state, actions } = scene;
  const invite = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const input = form.elements.namedItem("name") as HTMLInputElement;
    const name = input.value.trim() || input.placeholder;
    if (!(await actions.invite(name))) return;
    input.value = "";
    const seat = seatOf(scene.store.state.world ?? world);
    if (seat !== undefined) actions.seat(name, seat);
  };
  return html`<aside class="people ${state.drawer === "people" ? "open" : ""}" id="people" aria-label="People">
    <h2>People · ${world.people.length}</h2>
    <ul>${world.people.map((person) => personView(person, scene))}</ul>
    <form class="invite" @submit=${invite}>
      <label for="companion">Invite a companion</label>
      <p class="faint">They join you in your voice channel.</p>
      <div>
        <input id="companion" name="name" type="text" maxlength="32" autocomplete="off" placeholder=${nextName(scene)} />
        <button type="submit" class="button secondary">Invite</button>
      </div>
    </form>
    ${languageView(scene)}
  </aside>`;
};
