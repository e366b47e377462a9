import { useTranslation } from 'react-i18next';
import { ApiProblem } from './api-problem.js';
import { currentLanguage, i18n } from './language.js';
import type { ProblemWords } from './problems-fr.js';

const namespace = 'problems';
const whenTheyArrive = { bindI18nStore: 'added' } as const;

// Of no use in English, so fetched with the first French page.
i18n.on('languageChanged', (language) => {
  if (language !== 'fr' || i18n.hasResourceBundle(language, namespace)) return;
  import('./problems-fr.js')
    .then(({ problemsFr }) => i18n.addResourceBundle(language, namespace, problemsFr))
    // Problems are then shown in the server's English.
    .catch(() => undefined);
});

export interface ProblemText {
  title: string;
  /** What is special about this case, as the server says it. */
  detail: string | undefined;
  remedy: string | undefined;
  /** All of it in the one line that there is room for. */
  line: string;
}

/** What to say of an error in the language on screen: by its code, else in the words of the server. */
export function useProblemText(): (error: Error) => ProblemText {
  useTranslation(namespace, whenTheyArrive);
  return problemText;
}

function problemText(error: Error): ProblemText {
  if (!(error instanceof ApiProblem)) {
    return { title: error.message, detail: undefined, remedy: undefined, line: error.message };
  }
  const { code, title, detail, remedy, message } = error;
  const own = i18n.getResource(currentLanguage(), namespace, code) as ProblemWords | undefined;
  if (own === undefined) return { title, detail, remedy, line: message };
  return { ...own, detail: detail === title ? undefined : detail, line: own.title };
}
