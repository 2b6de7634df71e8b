// Words of signing in, set-up and people, in English.
import type { accounts as reference } from '../zh-CN/accounts.ts';

export const accounts: typeof reference = {
  firstSteps: {
    title: 'Begin with these three',
    lead: 'Press one to do it now, or pass over them.',
    begin: 'Got it, begin',
    once: 'This page comes at the first sign-in alone; “My account” opens it again.',
    again: 'See the first three steps again',
    register: {
      title: 'Register your restaurant',
      how: 'Licence number and opening hours; then add the first camera and press “test” to see its picture.',
    },
    of: {
      owner: [
        {
          title: 'Add a camera',
          how: 'Its address, user and password, then “test”: you see the picture, or why there is none.',
        },
        {
          title: 'Receive goods by scanning',
          how: 'Scan box after box, add amount and temperature, send once. Without signal it waits on the phone.',
        },
        {
          title: 'See what is due today',
          how: 'Orders and recalls stand first on your home: photograph the same place once it is put right; stop using recalled goods, then answer.',
        },
      ],
      reviewer: [
        {
          title: 'Decide the first picture',
          how: 'Look at the marked place: F confirms, D clears, S is unsure, Z takes it back. On a phone, the buttons below.',
        },
        {
          title: 'Check the corrections',
          how: 'The owner’s photo stands beside the picture of the fault: accept it, or send it back with the reason.',
        },
        { title: 'See your pace', how: 'Seconds for each picture and how far you agree with others, for you alone.' },
      ],
      inspector: [
        {
          title: 'Look a code up',
          how: 'Scan, paste or type a lot code, a certificate’s number or the address of a QR code: where it came from and went is drawn at once.',
        },
        {
          title: 'Begin with the riskiest',
          how: 'Each kitchen’s place in the list opens part by part, and leads to a visit.',
        },
        {
          title: 'See who waits',
          how: 'Unanswered recalls, complaints and alarms carry a number. Press / anywhere to search lots, places and codes.',
        },
      ],
      admin: [
        {
          title: 'Invite people',
          how: 'Choose role and places, and send the link, which works once; they set their own password.',
        },
        {
          title: 'Open the cameras’ networks',
          how: 'A camera in a private network answers only once that network is opened; days of keeping and thresholds are there too.',
        },
        {
          title: 'See that all runs',
          how: 'Queue, disk, models and witnesses on one page; a backup is one command while the server runs.',
        },
      ],
      partner: [
        {
          title: 'Send a first document',
          how: 'Take a token on the page, send the sample from there and read the answer; the API is described beside it.',
        },
        {
          title: 'Import a sheet of lots',
          how: 'Paste or upload CSV or Excel, see how every cell is read, and take all of it at once.',
        },
        {
          title: 'Answer recalls',
          how: 'When one of your lots is recalled, stop using it, then say how much was found and what became of it.',
        },
      ],
    },
  },
  signInTitle: 'Sign in',
  login: 'Account',
  password: 'Password',
  signInButton: 'Sign in',
  demoTitle: 'Accounts of the sample district',
  demoNote: 'For the sample data alone; they share one password. One press takes you in:',
  setUpTitle: 'Set up the administrator',
  setUpLead: 'This link works once. Afterwards you sign in with the account and password you choose here.',
  setUpGone: 'This set-up link has been used or never existed.',
  name: 'Name',
  loginHint: '3–40 letters, digits, dots, dashes or underscores, such as wang.min',
  passwordHint: 'At least 10 characters; longer is better',
  setUpButton: 'Create the administrator',
  wrong: 'The account and password do not match.',
  peopleTitle: 'People',
  peopleLead: 'A role says what a person may do. Disabling takes effect at once; the record stays.',
  role: 'Role',
  sites: 'Sites they belong to',
  sitesHint: 'For owners and partners; several with a space between',
  addPerson: 'Add a person',
  disabled: 'Disabled',
  disable: 'Disable',
  initialPassword: 'First password',
  tokensNote:
    'Tokens for programs are made on a person’s page and shown once; also on the command line: npm run -s cli -- token --role partner',
  homeTitle: 'Where this food came from, and through whose hands',
  homeLead:
    'Scan the code on a pack, a menu or the door, or type it: first whether it is recalled, then each step from farm to table.',
  lookUpLabel: 'Lot code, certificate number, origin and batch, or a kitchen',
  lookUpHint: 'Such as (01)06912345678901(10)A07, or the address in the QR code',
  workHere: 'Shops and inspectors',
  workHereLead:
    'Owners receive goods and answer orders and recalls; reviewers judge frames; inspectors trace and visit.',
  faults: {
    bad_login: 'An account name has 3–40 letters, digits, dots, dashes or underscores, such as wang.min.',
    bad_name: 'Give a name of at most 80 characters.',
    bad_password: 'A password has 10–200 characters.',
    password_is_login: 'The account name is no password.',
    taken: 'Somebody already has this account name.',
    wrong_password: 'This is not the present password.',
    wrong_code: 'This code does not fit. Wait for the next one, or use a recovery code.',
    bad_passkey: 'The passkey was not added; try again.',
    last_factor: 'Add another second factor before this one goes.',
    bad_place: 'A place number is wrong: a GLN has 13 digits, a company prefix 4–12; others begin with local:.',
    no_district: 'This district is gone; choose another.',
    district_taken: 'There is a district of this name.',
    own_role: 'Another administrator changes your role.',
    own_account: 'Another administrator disables your account.',
    too_many: 'Too many places: at most 500.',
  },
  invitationTitle: 'Accept the invitation',
  invitationLead: (role) =>
    `You are invited to use this system as ${role}. Choose an account name and a password; you sign in with them from now on.`,
  invitationGone: 'This invitation has been used, is over, or never existed. Ask an administrator for another.',
  invitationButton: 'Make the account',
  resetTitle: 'Set a new password',
  resetLead: (login) => `Choose a new password for ${login}. Every device is signed out.`,
  resetGone: 'This reset link has been used, is over, or never existed. Ask an administrator for another.',
  resetButton: 'Set the password',
  secondTitle: 'Second factor',
  secondLead: 'The password is right. Now the six digits of your authenticator app, or a recovery code.',
  secondCode: 'Six digits or a recovery code',
  secondButton: 'Sign in',
  passkeyButton: 'Sign in with a passkey',
  passkeyFailed: 'The passkey was not recognised. Try again, or use your password.',
  signInDone: {
    invited: 'The account is made: sign in.',
    reset: 'The new password holds: sign in.',
    everywhere: 'You are signed out everywhere.',
    again: 'Sign in once more before you change how you sign in.',
  },
};
