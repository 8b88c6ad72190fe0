import type { RemoteState } from "../protocol.ts";

/** A button for each favourite. */
export interface FavouritesView {
  show(favourites: RemoteState["favourites"]): void;
}

/**
 * @param section is hidden where there are none
 * @param play is called with the id of the one that was pressed
 */
export const createFavouritesView = (section: HTMLElement, play: (favourite: string) => void): FavouritesView => {
  let shown = "";
  return {
    show(favourites) {
      const key = JSON.stringify(favourites);
      // A button that is replaced loses the focus.
      if (key === shown) return;
      shown = key;
      section.hidden = favourites.length === 0;
      const buttons = favourites.map(({ id, title }) => {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = title;
        button.addEventListener("click", () => play(id));
        return button;
      });
      section.querySelector(".list")?.replaceChildren(...buttons);
    },
  };
};
