// What a part of a page that asks again by itself says with it: nobody has touched anything, so no session lives longer for it.

export const unattendedHeader = 'bk-unattended';
export const unattended = { 'hx-headers': JSON.stringify({ [unattendedHeader]: '1' }) };
