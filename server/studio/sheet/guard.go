package sheet

import "strings"

// guards are what a spreadsheet takes for the beginning of a formula, or passes over to find one.
const guards = "=+-@＝＋－＠\t\r\n"

// guarded makes a cell of a text file inert: an apostrophe before what would begin a formula. One that looks guarded
// already gets another, so that taking one off always gives what was there.
func guarded(cell string) string {
	if isGuarded(strings.TrimLeft(cell, "'")) {
		return "'" + cell
	}
	return cell
}

// unguarded takes our own apostrophe off again.
func unguarded(cell string) string {
	if strings.HasPrefix(cell, "'") && isGuarded(strings.TrimLeft(cell, "'")) {
		return cell[1:]
	}
	return cell
}

func isGuarded(cell string) bool {
	return strings.IndexFunc(cell, func(r rune) bool { return strings.ContainsRune(guards, r) }) == 0
}
