import { useTranslation } from 'react-i18next';
import { ApiProblem } from './api-problem.js';
import { currentLanguage, i18n } from './language.js';
import type { ProblemWords } from './problems-fr.js';

const namespace = 'problems';
const whenTheyArrive = { bindI18nStore: 'added' } as const;

let fieldProblem: (english: string) => string | undefined = () => undefined;

// Of no use in English, so fetched with the first French page.
i18n.on('languageChanged', (language) => {
  if (language !== 'fr' || i18n.hasResourceBundle(language, namespace)) return;
  // Without them, problems are shown in the server's English.
  loadFrench().catch(() => undefined);
});

async function loadFrench(): Promise<void> {
  const [{ problemsFr }, { fieldProblemFr }] = await Promise.all([
    import('./problems-fr.js'),
    import('./field-problems-fr.js'),
  ]);
  fieldProblem = fieldProblemFr;
  i18n.addResourceBundle('fr', namespace, problemsFr);
}

export interface ProblemText {
  title: string;
  /** What is special about this case, as the server says it. */
  detail: string | undefined;
  remedy: string | undefined;
  /** All of it in the one line that there is room for. */
  line: string;
}

/** An error that an answer tells of: what became of a file, a batch, a row. */
interface Told {
  code: string;
  message: string;
  remedy?: string;
}

/** What to say of an error in the language on screen: by its code, else in the words of the server. */
export function useProblemText(): (problem: Error | Told) => ProblemText {
  useTranslation(namespace, whenTheyArrive);
  return problemText;
}

/** What the server says in English of a special case, in the language on screen where it has words here. */
export function useDetailText(): (english: string) => string {
  useTranslation(namespace, whenTheyArrive);
  return translatedDetail;
}

/** Undefined in English, and for a code that has no words here. */
export function translated(code: string): ProblemWords | undefined {
  return i18n.getResource(currentLanguage(), namespace, code) as ProblemWords | undefined;
}

/** What the server says of a field or of a special case, in the language on screen where it has words here. */
export function translatedDetail(english: string): string {
  return (currentLanguage() === 'fr' ? fieldProblem(english) : undefined) ?? english;
}

function problemText(problem: Error | Told): ProblemText {
  const { message } = problem;
  const { title, detail } = problem instanceof ApiProblem ? problem : { title: message, detail: undefined };
  const remedy = 'remedy' in problem ? problem.remedy : undefined;
  const own = 'code' in problem ? translated(problem.code) : undefined;
  const special = detail === undefined || detail === title ? undefined : translatedDetail(detail);
  if (own === undefined) return { title, detail: special, remedy, line: message };
  return { title: own.title, detail: special, remedy: own.remedy ?? remedy, line: own.title };
}
