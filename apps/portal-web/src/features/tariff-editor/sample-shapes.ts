export const sampleShapes = ['flat', 'household', 'office'] as const;

export type SampleShape = (typeof sampleShapes)[number];

/** How much of a day falls into each hour, in no unit. */
const weights: Record<SampleShape, readonly number[]> = {
  flat: Array.from({ length: 24 }, () => 1),
  household: [2, 1, 1, 1, 1, 2, 4, 5, 4, 3, 3, 4, 5, 4, 3, 3, 4, 6, 8, 9, 8, 6, 4, 3],
  office: [1, 1, 1, 1, 1, 1, 2, 4, 8, 10, 10, 10, 8, 10, 10, 10, 9, 7, 3, 2, 1, 1, 1, 1],
};

/** A day of so many kWh by hours. */
export function sampleDay(shape: SampleShape, kwh: number): number[] {
  const total = weights[shape].reduce((sum, weight) => sum + weight, 0);
  return weights[shape].map((weight) => (kwh * weight) / total);
}
