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

it('says in French what is wrong with each field', async () => {
  await i18n.changeLanguage('fr');
  await vi.waitUntil(() => translated('BODY_INVALID') !== undefined);
  const messages = {
    name: 'Too big: expected string to have <=200 characters',
    to: 'must be later than from',
    seasons: 'overlaps season winter on 06-01',
  };
  const errors = Object.entries(messages).map(([path, message]) => ({ path, message }));
  const problem = new ApiProblem({ status: 400, code: 'BODY_INVALID', title: 'No', errors });
  expect(fieldErrors(problem)).toEqual({
    name: 'doit avoir au plus 200 caractères',
    to: 'doit être après le début',
    seasons: 'recouvre la saison winter le 06-01',
  });
});

it('says in French what the code means, where it means one thing', async () => {
  await i18n.changeLanguage('fr');
  await vi.waitUntil(() => translated('PASSWORD_WRONG') !== undefined);
  expect(fieldErrors(refused('PASSWORD_WRONG'))).toEqual({ current: 'Le mot de passe actuel est faux' });
  expect(fieldErrors(refused('BODY_INVALID'))).toEqual({ current: 'Not this one' });
  expect(fieldErrors(refused('NEVER_HEARD_OF'))).toEqual({ current: 'Not this one' });
});
