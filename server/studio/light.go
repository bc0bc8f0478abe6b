package studio

import (
	"strconv"
	"strings"

	"chouka/server/studio/script"
)

// lightOf is the colour of a scene's strip. A scene that plays on both sides of the door counts as outside, since weather
// and sun bind it; one that plays by day and by night counts as night, since the dark part cannot be shot in the sun.
func lightOf(x *Scene) Light {
	in, out := sides(x.Interior)
	day, night := playsAt(x.Time)
	switch {
	case !in && !out || !day && !night:
		return LightUnknown
	case night && out:
		return LightNightOut
	case night:
		return LightNightIn
	case out:
		return LightDayOut
	}
	return LightDayIn
}

// sides says whether a scene plays inside and whether outside, as its heading is written: 内, 外景, INT./EXT, I/E.
func sides(interior string) (in, out bool) {
	text := strings.ToUpper(script.Fold(interior))
	has := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(text, w) {
				return true
			}
		}
		return false
	}
	return has("内", "INT", "I/E", "E/I"), has("外", "EXT", "EST", "I/E", "E/I")
}

// playsAt says whether a scene plays in daylight and whether in the dark, as its heading is written: 日, 黄昏, 亥时, 22:30,
// NIGHT. Dawn and dusk count as day: the sun is what they are shot by. Neither means that the heading does not say.
func playsAt(text string) (day, night bool) {
	text = strings.ToUpper(script.Fold(text))
	if h, _, ok := strings.Cut(text, ":"); ok {
		if hour, err := strconv.Atoi(strings.TrimSpace(h)); err == nil && hour >= 0 && hour < 24 {
			dark := hour >= nightBegins || hour < nightEnds
			return !dark, dark
		}
	}
	// Longer words come first: 傍晚 is no 晚, 午夜 no 午.
	sun := takeWords(&text, "傍晚 黄昏 日落 日出 清晨 早晨 黎明 拂晓 DAWN DUSK SUNRISE SUNSET 卯时 辰时 巳时 午时 未时 申时 酉时")
	dark := takeWords(&text, "凌晨 午夜 半夜 子夜 深夜 夜晚 MIDNIGHT NIGHT EVENING 戌时 亥时 子时 丑时 寅时 夜 晚")
	return takeWords(&text, "AFTERNOON MORNING NOON DAY 日 昼 晨 早 午 昏 暮 白天") || sun, dark
}

// takeWords takes words out of a text, and says whether it had any.
func takeWords(text *string, words string) (had bool) {
	for w := range strings.FieldsSeq(words) {
		if strings.Contains(*text, w) {
			had, *text = true, strings.ReplaceAll(*text, w, " ")
		}
	}
	return had
}

// Where nobody knows where the sun stands, nights last from 19:00 to 05:00.
const (
	nightBegins = 19
	nightEnds   = 5
)
