// What mini programs have in the scope of every module, and globalThis has not.
declare const uni: any;
declare const wx: any;
declare const getCurrentPages: any;
