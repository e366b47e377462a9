import type { Bill, BillLine, BillProblem } from '#libs/contracts';

export type BillLanguage = 'en' | 'fr';

interface BillWords {
  title: string;
  site: string;
  tariff: string;
  version: string;
  period: string;
  timeZone: string;
  energy: string;
  completeness: string;
  channels: string;
  columns: Record<'period' | 'item' | 'detail' | 'quantity' | 'unit' | 'rate' | 'amount', string>;
  incomplete: string;
  ratchet: (month: string, peak: string) => string;
  net: string;
  tax: string;
  total: string;
  missing: string;
  from: string;
  to: string;
  more: (count: number) => string;
  problems: Record<BillProblem['code'], string>;
  units: Record<BillLine['unit'], string>;
}

/** The words of the documents; the pages have their own. */
export const billWords: Record<BillLanguage, BillWords> = {
  en: {
    title: 'Cost of electricity',
    site: 'Site',
    tariff: 'Tariff',
    version: 'Version of the tariff',
    period: 'Period',
    timeZone: 'Time zone',
    energy: 'Energy',
    completeness: 'Measured',
    channels: 'Channels',
    columns: {
      period: 'Period',
      item: 'Item',
      detail: 'Detail',
      quantity: 'Quantity',
      unit: 'Unit',
      rate: 'Rate',
      amount: 'Amount',
    },
    incomplete: '* not all of it was measured',
    ratchet: (month, peak) => `share of ${peak} in ${month}`,
    net: 'Before tax',
    tax: 'Tax',
    total: 'Total',
    missing: 'Not measured',
    from: 'From',
    to: 'To',
    more: (count) => `and ${count} more`,
    problems: {
      NO_TARIFF_VERSION: 'No version of the tariff is valid: these days are not billed',
      SUBSCRIPTION_UNKNOWN: 'The subscribed capacity of the site is not known: the charge is left out',
      DEMAND_NOT_MEASURED: 'The demand was not measured: the charge is left out',
      CHANNEL_ENDED: 'Measured nothing later, is taken as replaced or removed and not counted as missing',
    },
    units: {
      kWh: 'kWh',
      day: 'days',
      month: 'months',
      A·day: 'A × days',
      A·month: 'A × months',
      kVA·day: 'kVA × days',
      kVA·month: 'kVA × months',
      kW·month: 'kW × months',
      money: '',
    },
  },
  fr: {
    title: 'Coût de l’électricité',
    site: 'Site',
    tariff: 'Tarif',
    version: 'Version du tarif',
    period: 'Période',
    timeZone: 'Fuseau horaire',
    energy: 'Énergie',
    completeness: 'Mesuré',
    channels: 'Voies',
    columns: {
      period: 'Période',
      item: 'Poste',
      detail: 'Détail',
      quantity: 'Quantité',
      unit: 'Unité',
      rate: 'Prix',
      amount: 'Montant',
    },
    incomplete: '* tout n’a pas été mesuré',
    ratchet: (month, peak) => `part de ${peak} en ${month}`,
    net: 'Hors taxes',
    tax: 'Taxes',
    total: 'Total',
    missing: 'Non mesuré',
    from: 'De',
    to: 'À',
    more: (count) => `et ${count} de plus`,
    problems: {
      NO_TARIFF_VERSION: 'Aucune version du tarif n’est valable : ces jours ne sont pas facturés',
      SUBSCRIPTION_UNKNOWN: 'La puissance souscrite du site n’est pas connue : le poste est omis',
      DEMAND_NOT_MEASURED: 'La puissance appelée n’a pas été mesurée : le poste est omis',
      CHANNEL_ENDED: 'N’a plus rien mesuré, est considérée comme remplacée ou retirée et non comme manquante',
    },
    units: {
      kWh: 'kWh',
      day: 'jours',
      month: 'mois',
      A·day: 'A × jours',
      A·month: 'A × mois',
      kVA·day: 'kVA × jours',
      kVA·month: 'kVA × mois',
      kW·month: 'kW × mois',
      money: '',
    },
  },
};

/** One line for what a bill leaves out. */
export function describeProblem(problem: BillProblem, bill: Bill, language: BillLanguage): string {
  return `${billWords[language].problems[problem.code]} (${placeOf(problem, bill, language)})`;
}

function placeOf(problem: BillProblem, bill: Bill, language: BillLanguage): string {
  if (problem.code === 'NO_TARIFF_VERSION') return describeDays(problem, language);
  if (problem.code === 'CHANNEL_ENDED') {
    const { deviceSerial, name, lastTime } = problem;
    return `${deviceSerial} ${name}, ${describeInstant(lastTime, bill, language)}`;
  }
  return `${problem.component}, ${problem.month}`;
}

/** Days with the last one included, as people read a period. */
export function describeDays({ from, to }: { from: string; to: string }, language: BillLanguage): string {
  const format = new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const last = Date.parse(to) - 86_400_000;
  if (last <= Date.parse(from)) return format.format(Date.parse(from));
  return `${format.format(Date.parse(from))} – ${format.format(last)}`;
}

/** When a stretch was, on the site's clock. */
export function describeInstant(instant: string, { timeZone }: Bill, language: BillLanguage): string {
  return new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone,
  }).format(Date.parse(instant));
}
