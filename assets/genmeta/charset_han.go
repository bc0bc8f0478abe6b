package genmeta

import (
	"unicode"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// rareHan counts the Han characters of the first few hundred that are on no list of common ones. Text of nothing but Han
// is legal in both byte orders; in the wrong one its characters are spread over the whole block.
func rareHan(s string) int {
	const most = 300
	gb, big5, jis := simplifiedchinese.GBK.NewEncoder(), traditionalchinese.Big5.NewEncoder(), japanese.ShiftJIS.NewEncoder()
	rare, seen := 0, 0
	for _, r := range s {
		if !unicode.Is(unicode.Han, r) {
			continue
		}
		if seen++; seen > most {
			break
		}
		// The first levels of GB 2312, Big5 and JIS X 0208 hold the everyday characters.
		if !listed(gb, r, 0xB0A1, 0xD7F9) && !listed(big5, r, 0xA440, 0xC67E) && !listed(jis, r, 0x889F, 0x9872) {
			rare++
		}
	}
	return rare
}

// listed tells whether a character's two bytes in an encoding lie between two codes.
func listed(e *encoding.Encoder, r rune, from, to int) bool {
	b, err := e.Bytes([]byte(string(r)))
	if err != nil || len(b) != 2 {
		return false
	}
	code := int(b[0])<<8 | int(b[1])
	return code >= from && code <= to && (from != 0xB0A1 || b[1] >= 0xA1)
}
