package charset

import "testing"

func TestNumerals(t *testing.T) {
	for text, want := range map[string]int{"0": 0, "12": 12, "１２": 12, "007": 7, "一": 1, "十": 10, "十五": 15, "二十": 20, "廿一": 21, "卅": 30, "一百": 100,
		"一百零三": 103, "一百〇三": 103, "一百一十": 110, "一百三": 130, "两千零二十": 2020, "二〇": 20, "一〇三": 103, "壹佰": 100, "九千九百九十九": 9999, "〇": 0, " 三 ": 3} {
		if got, ok := Numeral(text); !ok || got != want {
			t.Errorf("%q: got %d, %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "第一", "一个", "百", "十百", "一千千", "零零零零零百", "10000", "99999999999999999999", "1-1", "3A", "一百零", "一二十", "万", "-1"} {
		if got, ok := Numeral(text); ok {
			t.Errorf("%q reads as %d", text, got)
		}
	}
}

func TestFold(t *testing.T) {
	for text, want := range map[string]string{"１－２　夜　外": "1-2 夜 外", " \u200b林晚\u00a0：\t好 ": "林晚 : 好", "（Ａ）": "(A)", "–—−～~": "-----", "ａB": "aB", "": "", "\u3000": ""} {
		if got := Fold(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
