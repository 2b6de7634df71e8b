// What refusals say in English where the sentence that programs are given is none for a person.
import type { said as reference } from '../zh-CN/said.ts';

export const said: typeof reference = {
  'Invalid option: expected one of {}': 'Choose one of the options given.',
  'Invalid input: expected {}, received undefined': 'This is needed.',
  'Invalid input: expected number, received {}': 'Write a number.',
  'Invalid input: expected {}, received {}': 'This is not written as it should be.',
  'Invalid input': 'This is not written as it should be.',
  'Too small: expected string to have >={} characters': 'Write at least {} characters.',
  'Too big: expected string to have <={} characters': 'Write at most {} characters.',
  'Too small: expected array to have >={} items': 'Choose at least {}.',
  'Too big: expected array to have <={} items': 'Choose at most {}.',
  'Too small: expected {} to be >={}': 'At least {1}.',
  'Too small: expected {} to be >{}': 'More than {1}.',
  'Too big: expected {} to be <={}': 'At most {1}.',
  'Too big: expected {} to be <{}': 'Less than {1}.',
  'Invalid string: must match pattern {}': 'This is not written as it should be.',
  'Invalid ISO date': 'Write the day as 2026-11-30.',
  'Invalid ISO time': 'Write the time as 22:00.',
  'Invalid URL': 'Write a whole address, such as https://example.cn/.',
  'Invalid email address': 'Write a whole e-mail address.',
};
