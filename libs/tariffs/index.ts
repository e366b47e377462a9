export { computeBill, MixedCurrenciesError } from './bill.js';
export { tariffExamples } from './examples/index.js';
export { calendarProblem, loadHolidays } from './holidays.js';
export { integratePower, integrateRegister, markAbsent, type ChannelIntegrator } from './integration.js';
export { emptySeries, type LoadProfile } from './load-profile.js';
export { firstDayOf, monthAfter, startOfDay } from './local-days.js';
export { decimalsOf } from './rounding.js';
export { priceSampleDay } from './sample-day.js';
export { validityGaps, validityProblems } from './versions.js';
