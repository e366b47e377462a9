import { afterEach, expect, it, vi } from 'vitest';
import { ApiProblem } from './api-problem.js';
import { fieldErrors } from './field-errors.js';
import { i18n } from './language.js';
import { translated } from './problem-text.js';

const refused = (code: string) =>
  new ApiProblem({ status: 422, code, title: 'No', errors: [{ path: 'current', message: 'Not this one' }] });

afterEach(() => i18n.changeLanguage('en'));

it('says in English what the server says', () => {
  expect(fieldErrors(refused('PASSWORD_WRONG'))).toEqual({ current: 'Not this one' });
  expect(fieldErrors(new Error('no connection'))).toEqual({});
});

it('says in French what the code means, where it means one thing', async () => {
  await i18n.changeLanguage('fr');
  await vi.waitUntil(() => translated('PASSWORD_WRONG') !== undefined);
  expect(fieldErrors(refused('PASSWORD_WRONG'))).toEqual({ current: 'Le mot de passe actuel est faux' });
  expect(fieldErrors(refused('BODY_INVALID'))).toEqual({ current: 'Not this one' });
  expect(fieldErrors(refused('NEVER_HEARD_OF'))).toEqual({ current: 'Not this one' });
});
