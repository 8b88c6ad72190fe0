import type { Sentences } from "../catalogue.ts";

/** Programmes and evenings that begin by themselves. */
export const evenings: Sentences = {
  "{0} begins in {1}. {2}": "{0} commence dans {1}. {2}",
  "It falls silent {0}.": "Le silence vient {0}.",
  "It goes round until somebody stops it.": "Ça tourne jusqu’à ce que quelqu’un l’arrête.",
  "**A programme that is gone**": "**Un programme qui n’existe plus**",
  "Next: {0}, {1}.": "Prochaine fois : {0}, {1}.",
  "{0} begins {1}, in {2}.": "{0} commence {1}, dans {2}.",
  "Did not begin the last time, {0}: {1}": "N’a pas commencé la dernière fois, {0} : {1}",
  "Leaves out {0}": "Saute {0}",
  "### Evenings": "### Soirées",
  "None is planned yet. /evening schedule plans one that begins by itself.":
    "Aucune n’est encore prévue. /evening schedule en prévoit une qui commence d’elle-même.",
  "{0} is next {1}.": "{0} aura lieu {1}.",
  "{0} is next {1}. It leaves out {2}.": "{0} aura lieu {1}. Elle saute {2}.",
  "{0} is no longer planned. What plays now goes on.": "{0} n’est plus prévue. Ce qui passe maintenant continue.",
  "I know no programme called “{0}”. Choose one from the list that opens as you type, such as Drift Off.":
    "Je ne connais pas de programme appelé « {0} ». Choisis-en un dans la liste qui s’ouvre quand tu écris, comme À la dérive.",
  "nothing to hear": "rien à entendre",
  "rounds of {0}": "tours de {0}",
  "daily at {0}, {1}": "chaque jour à {0}, {1}",
  "{0} at {1}, {2}": "{0} à {1}, {2}",
  "A programme that is gone": "Un programme qui n’existe plus",
  daily: "quotidien",
  weekdays: "semaine",
  weekends: "week-end",
  "To settle in": "Pour arriver",
  "What is heard first": "Ce qu’on entend d’abord",
  "The trigger": "Le déclencheur",
  "What the evening is about": "Le cœur de la soirée",
  "To go deeper, and to fade away": "Pour aller plus loin et s’éteindre",
  "What is left when the rest has gone": "Ce qui reste quand tout le reste est parti",
  "A programme of your own": "Un programme à vous",
  "Its name": "Son nom",
  "A name that is there already is saved over": "Un nom qui existe déjà est remplacé",
  "How long": "Combien de temps",
  "It ends in silence": "Il finit en silence",
  "Something was left open in the form. Open it again with /evening design.":
    "Quelque chose est resté vide dans le formulaire. Ouvre-le à nouveau avec /evening design.",
  "{0} is kept: {1}. {2} /evening start lets it begin, /evening schedule plans it.":
    "{0} est gardé : {1}. {2} /evening start le fait commencer, /evening schedule le prévoit.",
  "Discord does not show it as an event, because I may not create events here; giving me Create Events changes that. The evening begins all the same.":
    "Discord ne la montre pas comme événement, parce que je ne peux pas créer d’événements ici ; me donner « Créer des événements » y remédie. La soirée commence quand même.",
  "Discord does not show it as an event, because there are 100 events here already, which is as many as it takes. The evening begins all the same.":
    "Discord ne la montre pas comme événement, parce qu’il y en a déjà 100 ici, et il n’en prend pas plus. La soirée commence quand même.",
  "Its voice channel is no longer there. Plan it anew with /evening schedule in another one.":
    "Son salon vocal n’existe plus. Prévois-la à nouveau avec /evening schedule dans un autre.",
  "Discord did not take the event just now. The evening begins all the same.":
    "Discord n’a pas pris l’événement à l’instant. La soirée commence quand même.",
  "Nothing of this programme can be heard here tonight. Choose another one with /evening start, or a sound with /play.":
    "Rien de ce programme ne peut être entendu ici cette nuit. Choisis-en un autre avec /evening start, ou un son avec /play.",
  "From {0} through {1} to {2}.": "De {0} à {2}, en passant par {1}.",
  "There is no such evening planned here. /evening list shows those there are.":
    "Aucune soirée de ce genre n’est prévue ici. /evening list montre celles qu’il y a.",
  "Its programme is no longer there. Plan it anew with /evening schedule, or take it off with /evening cancel.":
    "Son programme n’existe plus. Prévois-la à nouveau avec /evening schedule, ou enlève-la avec /evening cancel.",
  "Those days never come at that place. Choose other ones, such as daily.":
    "Ces jours n’arrivent jamais à cet endroit. Choisis-en d’autres, comme quotidien.",
  "An evening did not begin.": "Une soirée n’a pas commencé.",
  "{0} did not begin.": "{0} n’a pas commencé.",
  "An evening of sound": "Une soirée de sons",
  "Lull was away at that time, so this one was left out.":
    "Lull n’était pas là à cette heure, alors celle-ci a été sautée.",
  "I do not know that time zone. Begin to type a city and choose from the list, such as Europe/Berlin or America/New_York.":
    "Je ne connais pas ce fuseau horaire. Commence à écrire une ville et choisis dans la liste, comme Europe/Paris ou America/Montreal.",
  "I did not understand those days. Try daily, weekdays, weekends, or mon wed fri.":
    "Je n’ai pas compris ces jours. Essaie quotidien, semaine, week-end, ou lun mer ven.",
  "There is no programme “{0}” of this server's own. /evening design makes one.":
    "Ce serveur n’a pas de programme « {0} » à lui. /evening design en crée un.",
  "This server has {0} programmes of its own, which is as many as it can. Save over one by giving its name again.":
    "Ce serveur a {0} programmes à lui, il ne peut pas en avoir plus. Remplaces-en un en donnant à nouveau son nom.",
  "This server has {0} evenings planned, which is as many as it can. Make room with /evening cancel.":
    "Ce serveur a {0} soirées prévues, il ne peut pas en avoir plus. Fais de la place avec /evening cancel.",
};
