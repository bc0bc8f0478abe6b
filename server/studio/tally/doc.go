// Package tally reads what platforms print and says what it amounts to: number
// words (2.1亿, 10w+, 破亿), dates, title names, and from a title's readings its
// current figures and milestones. It is pure: nothing here reads a clock, a file
// or the store, and the same readings give the same answer in any order.
//
// The law is product.md "Readings and milestones", R1 to R8. Begin with
// ParseMetric for one figure, ParseInstant for one date, and Milestones for
// everything a title has reached; Compare tells what a correction changed. An
// Account is the state after all readings, which goes on with later ones.
package tally
