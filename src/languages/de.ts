import type { Catalogue } from "./catalogue.ts";
import { care } from "./de/care.ts";
import { evenings } from "./de/evenings.ts";
import { favourites } from "./de/favourites.ts";
import { house } from "./de/house.ts";
import { listening } from "./de/listening.ts";
import { names } from "./de/names.ts";
import { panel } from "./de/panel.ts";
import { recordings } from "./de/recordings.ts";
import { sounds } from "./de/sounds.ts";

export const de: Catalogue = {
  sentences: { ...recordings, ...care, ...evenings, ...favourites, ...panel, ...house, ...listening },
  names: { ...names, ...sounds },
};
