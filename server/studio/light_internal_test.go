package studio

import "testing"

func TestTheLightOfAScene(t *testing.T) {
	for _, c := range []struct {
		interior, time string
		want           Light
	}{
		{"内", "日", LightDayIn}, {"外", "日", LightDayOut}, {"内", "夜", LightNightIn}, {"外", "夜", LightNightOut},
		{"内景", "清晨", LightDayIn}, {"外景", "黄昏", LightDayOut}, {"外", "傍晚", LightDayOut}, {"内", "晚上", LightNightIn},
		{"室内", "上午", LightDayIn}, {"户外", "午后", LightDayOut}, {"内", "午夜", LightNightIn}, {"外", "凌晨", LightNightOut},
		{"外", "日落", LightDayOut}, {"外", "晨", LightDayOut}, {"内", "雨夜", LightNightIn}, {"内", "亥时三刻", LightNightIn},
		{"内", "午时", LightDayIn}, {"内", "22:30", LightNightIn}, {"外", "09：15", LightDayOut}, {"外", "4:59", LightNightOut},
		{"INT.", "DAY", LightDayIn}, {"EXT", "Night", LightNightOut}, {"int", "evening", LightNightIn}, {"EXT.", "DUSK", LightDayOut},
		{"INT./EXT.", "NIGHT", LightNightOut}, {"I/E", "MIDNIGHT", LightNightOut}, {"内/外", "日", LightDayOut}, {"内外", "夜", LightNightOut},
		{"内", "日/夜", LightNightIn}, {"外", "日转夜", LightNightOut},
		{"", "日", LightUnknown}, {"内", "", LightUnknown}, {"", "", LightUnknown}, {"内", "CONTINUOUS", LightUnknown}, {"场", "日", LightUnknown},
	} {
		if got := lightOf(&Scene{Interior: c.interior, Time: c.time}); got != c.want {
			t.Errorf("%q %q is %s, want %s", c.interior, c.time, got, c.want)
		}
	}
	if day, night := playsAt("日/夜"); !day || !night {
		t.Error("日/夜 does not play by both")
	}
}
