/** How much of a seat is drawn. */
export type Density = 'cards' | 'chips';
