import { html, nothing, type TemplateResult } from "lit-html";
import type { GuildView } from "../protocol.ts";
import { iconView } from "./iconView.ts";
import { count, type Raw, raws, text } from "./json.ts";
import type { ViewContext } from "./viewContext.ts";

/** An option of a select. */
export interface SelectOption {
  readonly label: string;
  readonly value: string;
  readonly description: string;
  readonly isDefault: boolean;
}

/** Discord's numbers for the kinds of selects. */
const SelectType = { Text: 3, User: 5, Role: 6, Mentionable: 7, Channel: 8 } as const;

/** Whether a component type is a select's. */
export const isSelect = (type: unknown): boolean => Object.values<unknown>(SelectType).includes(type);

/** What a select offers: its own options, or the guild's people, roles or channels. */
export const optionsOf = (select: Raw, guild: GuildView): readonly SelectOption[] => {
  const plain = ({ name, id }: { name: string; id: string }) => ({
    label: name,
    value: id,
    description: "",
    isDefault: raws(select.default_values).some((one) => one.id === id),
  });
  if (select.type === SelectType.Channel) return guild.channels.map(plain);
  if (select.type === SelectType.Role) return guild.roles.map(plain);
  if (select.type === SelectType.User) return guild.members.map(plain);
  if (select.type === SelectType.Mentionable) return [...guild.members, ...guild.roles].map(plain);
  return raws(select.options).map((option) => ({
    label: text(option.label),
    value: text(option.value),
    description: text(option.description),
    isDefault: option.default === true,
  }));
};

/** How many options may be chosen. */
export const limitsOf = (select: Raw): { readonly min: number; readonly max: number } => ({
  min: count(select.min_values) ?? 1,
  max: count(select.max_values) ?? 1,
});

/** Whether the select's list is open, and what is chosen in it. */
export interface SelectState {
  readonly key: string;
  readonly open: boolean;
  readonly active: number;
  readonly chosen: readonly string[];
  readonly busy: boolean;
}

/** What the select asks for. */
export interface SelectEvents {
  toggle(open: boolean, chosen: readonly string[]): void;
  move(active: number): void;
  choose(chosen: readonly string[], isDone: boolean): void;
}

const domId = (key: string) => `select-${key.replace(/[^\w-]/gu, "_")}`;

/** A button that opens a listbox; arrow keys, Home, End, Enter, Space and Escape work as in any. */
export const selectView = (
  select: Raw,
  { guild, say }: Pick<ViewContext, "guild" | "say">,
  state: SelectState,
  on: SelectEvents,
): TemplateResult => {
  const options = optionsOf(select, guild);
  const { max, min } = limitsOf(select);
  const { key, open, active, busy } = state;
  const chosen = open ? state.chosen : options.filter(({ isDefault }) => isDefault).map(({ value }) => value);
  const labels = options.filter(({ value }) => chosen.includes(value)).map(({ label }) => label);
  const placeholder = text(select.placeholder) || say("choose");
  const id = domId(key);

  const pick = (index: number) => {
    const value = options[index]?.value;
    if (value === undefined) return;
    if (max === 1) return on.choose([value], true);
    const next = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];
    on.choose(next.slice(-max), false);
  };
  const close = () => {
    const isChanged = max > 1 && open && chosen.length >= min;
    if (isChanged) on.choose(chosen, true);
    else on.toggle(false, []);
  };
  const go = (to: number) => {
    on.move(Math.max(0, Math.min(options.length - 1, to)));
    document.getElementById(`${id}-${to}`)?.scrollIntoView({ block: "nearest" });
  };
  const press = (event: KeyboardEvent) => {
    if (!open) {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      event.preventDefault();
      return on.toggle(true, chosen);
    }
    const steps: Record<string, () => void> = {
      ArrowDown: () => go(active + 1),
      ArrowUp: () => go(active - 1),
      Home: () => go(0),
      End: () => go(options.length - 1),
      Enter: () => pick(active),
      " ": () => pick(active),
      Escape: () => on.toggle(false, []),
    };
    if (event.key === "Tab") return close();
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    step();
  };

  return html`<div class="select">
    <button
      type="button"
      class="select-button"
      role="combobox"
      aria-haspopup="listbox"
      aria-expanded=${open}
      aria-controls=${id}
      aria-label=${labels.length > 0 ? `${placeholder}: ${labels.join(", ")}` : placeholder}
      aria-activedescendant=${open ? `${id}-${active}` : nothing}
      aria-busy=${busy}
      ?disabled=${select.disabled === true}
      @click=${() => (open ? close() : !busy && on.toggle(true, chosen))}
      @keydown=${press}
      @blur=${() => open && close()}
    >
      <span class=${labels.length > 0 ? "" : "faint"}>${labels.join(", ") || placeholder}</span>
      <span class="chevron" aria-hidden="true"></span>
    </button>
    ${
      open
        ? html`<ul class="listbox" role="listbox" id=${id} aria-multiselectable=${max > 1} aria-label=${placeholder}>
            ${options.map(
              ({ label, value, description }, i) =>
                html`<li
                  role="option"
                  id="${id}-${i}"
                  class=${i === active ? "active" : ""}
                  aria-selected=${chosen.includes(value)}
                  @pointerdown=${(event: Event) => event.preventDefault()}
                  @click=${() => pick(i)}
                >
                  <span>${label}${chosen.includes(value) ? iconView("tick") : nothing}</span>${description ? html`<span class="note">${description}</span>` : nothing}
                </li>`,
            )}
          </ul>`
        : nothing
    }
  </div>`;
};
