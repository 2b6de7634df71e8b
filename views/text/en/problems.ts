// What each refusal says to a person, in English: what happened, then what to do.
import type { problems as reference } from '../zh-CN/problems.ts';

export const problems: typeof reference = {
  invalid_input: {
    title: 'Some of this is not right',
    next: 'Correct the places named below and send it again; nothing you typed is lost.',
  },
  not_signed_in: { title: 'Sign in first', next: 'You come back to this page afterwards.' },
  wrong_credentials: {
    title: 'The account and password do not match',
    next: 'Check both and try again; an administrator can reset a password.',
  },
  whole_city_only: {
    title: 'This concerns the whole city, and you oversee a district of it',
    next: 'Ask an inspector who covers the city, or an administrator.',
  },
  forbidden: { title: 'Your role may not do this', next: 'Use an account that may, or ask an administrator.' },
  second_factor_needed: {
    title: 'Set up a second factor first',
    next: 'Sign in and follow the steps for an authenticator app or a passkey, then go on.',
  },
  cross_site: {
    title: 'The request came from another site and was refused',
    next: 'Open this site directly and try there.',
  },
  not_found: {
    title: 'There is nothing here',
    next: 'Check that the address or code is complete, or go to the first page.',
  },
  method_not_allowed: { title: 'This address does not take that action', next: 'Go back and try again.' },
  not_acceptable: { title: 'This cannot be given in that format', next: 'Ask for another format.' },
  conflict: { title: 'Somebody else changed this in between', next: 'Reload to see how it stands, then decide again.' },
  duplicate: { title: 'This is already recorded', next: 'There is no need to send it again.' },
  too_large: { title: 'This is larger than the limit', next: 'Send a smaller file.' },
  wrong_media_type: { title: 'This kind of file is not taken here', next: 'Use one of the kinds named.' },
  unreadable_picture: { title: 'The picture cannot be read', next: 'Send a photo as JPEG, PNG or WebP.' },
  unreachable_camera: {
    title: 'The camera gave no picture',
    next: 'Check its address, user and network, then test again.',
  },
  too_many_requests: { title: 'Too many attempts', next: 'Wait a moment and try again.' },
  not_implemented: { title: 'This is not offered', next: 'The API description lists what is.' },
  busy: { title: 'Busy just now', next: 'Try again in a moment; nothing was lost.' },
  storage_full: { title: 'The disk is full; nothing was saved', next: 'Ask an administrator to make room.' },
  internal: {
    title: 'Something went wrong on our side',
    next: 'It has been logged. Try again; if it stays, tell an administrator this number.',
  },
};
