// How grave a recall is and the reasons recalls often have, in English.
import type { recallReason as reference } from '../../zh-CN/trace/recall-reason.ts';

export const recallReason: typeof reference = {
  presets: 'Usual reasons. One of them fills the fields below; then put in the particulars.',
  grade: 'Grade (optional)',
  gradeHint: 'As the law has it: grade 1 begins within 24 hours, grade 2 within 48, grade 3 within 72',
  noGrade: 'No grade',
  grades: ['', 'Grade 1 recall', 'Grade 2 recall', 'Grade 3 recall'],
  names: {
    pathogen: 'Pathogen',
    allergen: 'Undeclared allergen',
    foreign: 'Foreign body',
    residue: 'Residues',
    additive: 'Additive',
    spoiled: 'Spoiled',
    source: 'Unknown source',
    label: 'Wrong label',
  },
  reasons: {
    pathogen: 'A pathogen was found (say which, and in which report)',
    allergen: 'It holds an allergen the label does not name (say which)',
    foreign: 'It holds a foreign body (say what)',
    residue: 'Pesticide or veterinary residues above the national standard (say which and how much)',
    additive: 'An additive above its limit or where none is allowed (say which and how much)',
    spoiled: 'It spoiled before its date, or was not kept cold',
    source: 'Nobody knows where it comes from, or its certificates are missing',
    label: 'The label is wrong and the food is safe (say what is wrong)',
  },
  advice: {
    pathogen:
      'Do not eat or taste it. Take it back; with fever, diarrhoea or vomiting see a doctor and say what you ate.',
    allergen:
      'Do not eat it if you are allergic to it. Take it back; with a rash or short breath see a doctor at once.',
    foreign: 'Do not eat it. Take it back; see a doctor if you ate it and feel unwell.',
    residue: 'Do not eat it. Take it back.',
    additive: 'Do not eat it. Take it back.',
    spoiled: 'Do not eat it. Take it back; see a doctor if you ate it and feel unwell.',
    source: 'Do not eat it. Take it back.',
    label: 'You may take it back; do not eat it if what the label says matters to you.',
  },
};
