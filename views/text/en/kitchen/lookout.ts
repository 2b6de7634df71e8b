// Words of lookouts, in English.
import type { lookout as words } from '../../zh-CN/kitchen/lookout.ts';

export const lookout: typeof words = {
  title: 'Lookouts',
  heading: 'Lookouts',
  lead: 'Draw a part of the picture, and it is watched for you all the time: who enters where nobody may be, and for how long, is put before a reviewer as a suspected violation.',
  toRules: 'Zones and rules, and who changed them',
  saved: 'Saved. It is watched from the next picture on',
  looks: (seconds) =>
    `This camera is looked at every ${seconds} seconds; what happens between two looks is not seen. It is looked at more often once something stirs. While the camera is away, covered or moved, nothing is concluded, and “nobody there” neither.`,
  none: 'No lookout yet.',
  add: (rule) => `Add: ${rule}`,
  setByHouse: 'Set by an administrator: ask them to change it.',
  standings: {
    new: 'It has not seen a picture yet and waits for the next.',
    watching: 'It is watching; nothing is wrong.',
    holds: 'Something is there now: it is being timed, or has been reported.',
    unshown:
      'It does not know yet how it should look: tick the line below and save while it is clean, off, and nobody is there.',
    displaced:
      'The camera was moved and this zone no longer fits: the lookout is paused. Put the camera back, or draw the zone anew.',
  },
  times: {
    always: 'At all hours',
    open: 'While the kitchen is open',
    closed: 'While it is closed',
    between: 'Between these times',
  },
  from: 'From',
  to: 'To',
  leastPx: 'Smallest size (pixels)',
  hold: 'Has to hold for (seconds)',
  again: 'Said again after (minutes)',
  show: 'All is as it should be now (clean, off, nobody there): take the next picture for that',
  shownTimes: (count) =>
    `Shown ${count} times. Show it again where the light differs much; the last three are kept. A changed zone has to be shown anew.`,
  coloursTitle: 'Colours of this kitchen’s work clothes and aprons (one or more)',
  hatColoursTitle: 'Colours of this kitchen’s hats and hairnets (one or more)',
  colours: {
    white: 'White, and pale colours',
    grey: 'Grey',
    black: 'Black',
    blue: 'Blue',
    green: 'Green',
    red: 'Red',
    yellow: 'Yellow, orange, brown',
    purple: 'Purple, pink',
  },
  showPictures: 'Or show three pictures of what is right to wear',
  showPicturesHint:
    'Different people in different light, best taken by this camera. The pictures are looked at and not kept; you see what was learnt before it is saved.',
  learnt: {
    agree: 'The three pictures agree, and what they show is ticked. Check it and save: nothing has been saved yet.',
    differ:
      'The three pictures show different colours, so nothing was ticked for you: tick those that are right, and save.',
    unseen:
      'On one of the pictures nobody large enough was found, so nothing was ticked for you: show others, or tick them yourself.',
  },
  pictureShows: (colour, percent) => `Mostly ${colour.toLowerCase()}: ${percent} %`,
  nobodySeen: 'Nobody large enough was found',
  removeHint: 'Empty its name and corners to take it away.',
  rules: {
    person: {
      name: 'Somebody is there',
      says: 'Reports anybody in a closed-off zone or outside the hours, such as a kitchen after closing or the door of a store. It sees that somebody is there, never who.',
      doubt: 'A hand alone, somebody wholly hidden or too far away is not seen; what is not clear is not reported.',
      sizeHint: 'The smallest size counts the breadth of a body; a head counts as two fifths of one.',
    },
    fire: {
      name: 'A fire left alone',
      says: 'Reports a stove that is lit while nobody stands at it for longer than the time you set. Draw the zone over the burners, and tell the system once how the stove looks when it is off and nobody is there.',
      doubt:
        'It compares the stove with how it looked when off: a small flame under a pot, or one hidden by a pot or a person, is not seen; reflections and bright things on the stove may be taken for one. Whoever stands before the stove counts as being there.',
      sizeHint: 'The smallest size is the side of the flame in the picture. Let it hold for 120 seconds or more.',
    },
    floor: {
      name: 'Water or things on the floor',
      says: 'Reports a floor that looks different from when it was clean and stays so: water, cartons, a bin in the way. Tell the system once how it looks when it is clean and nobody is there.',
      doubt:
        'It knows that the floor has changed, not whether by water or by things: a reviewer decides. Light as a whole counts for nothing; where day and night differ much, show it the clean floor once in each. People who pass do not count.',
      sizeHint: 'The smallest size is the side of the part that changed, in the picture.',
    },
    clothes: {
      name: 'Clothes in other colours',
      says: 'Reports somebody at work in the zone whose upper clothes are mostly of other colours than this kitchen chose. Tick the colours of your work clothes and aprons.',
      doubt:
        'It sees colours and no cut: street clothes of the same colour pass. Pale colours, such as light blue, count as white; grey is not told from white, nor from black; very dark pictures mislead it. A bare torso is a lookout of its own; gloves cannot be seen: it was tried, and bare hands and gloved ones were not told apart.',
      sizeHint: 'The smallest size counts the breadth of a body; below 60 pixels colours are not to be relied on.',
    },
    hat: {
      name: 'No hat, or one of another colour',
      says: 'Reports somebody at work in the zone of whose head half or more shows other colours than this kitchen’s hats: no hat, or another one. Tick the colours of your hats.',
      doubt:
        'Measured on renders only. It sees colours alone: in a kitchen with white hats a bald or white-haired head and a pale cap of one’s own pass; black hats are not told from black hair, so do not use it where hats are black. A thin hairnet counts as pale.',
      sizeHint: 'The smallest size counts the breadth of a head; below 24 pixels it was not measured.',
    },
    bare: {
      name: 'A bare torso',
      says: 'Reports somebody in the zone whose upper body has the colour of their own face. No colour needs choosing, and nobody is recognised.',
      doubt:
        'Measured on renders only. Nothing is concluded of somebody whose face is covered or turned away; clothes of about the colour of skin are taken for it, and a reviewer decides.',
      sizeHint: 'The smallest size counts the breadth of a body; below 60 pixels colours are not to be relied on.',
    },
  },
  faults: {
    zone_name: 'Give this zone a name of up to 40 characters.',
    zone_points: 'Three corners or more, each two numbers from 0 to 100, such as 10 20, 60 20, 60 80.',
    leastPx: 'A whole number from 6 to 2000.',
    hold: 'A whole number from 0 to 3600.',
    again: 'A whole number from 1 to 1440.',
    colours: 'Tick one colour at least.',
    three_pictures: 'Choose three pictures at once.',
    hours: 'Two different times, such as 22:00 and 05:00.',
    too_many: 'A camera has at most eight lookouts: take one away first.',
  },
};
