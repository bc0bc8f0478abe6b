package script

import (
	"strings"
	"unicode/utf8"
)

// interiorWord gives 内, 外 or 内/外 for a word that says where a scene plays, in narrowed form.
func interiorWord(w string) string {
	switch strings.TrimRight(strings.ToUpper(w), ".") {
	case "内", "内景", "室内", "INT":
		return "内"
	case "外", "外景", "室外", "户外", "EXT", "EST":
		return "外"
	case "内外", "内外景", "内/外", "内/外景", "INT/EXT", "INT./EXT", "EXT/INT", "EXT./INT", "I/E", "I./E":
		return "内/外"
	}
	return ""
}

// timeWord says whether a narrowed word is a time of day as headings write it.
func timeWord(w string) bool {
	switch w {
	case "日", "夜", "晨", "昏", "暮", "早", "晚", "午", "清晨", "黎明", "拂晓", "早晨", "早上", "上午", "中午", "正午",
		"午后", "下午", "黄昏", "傍晚", "夜晚", "晚上", "入夜", "深夜", "午夜", "半夜", "子夜", "凌晨", "白天", "白日",
		"日出", "日落", "雨夜", "雪夜", "月夜", "次日", "翌日", "次晨", "当日", "当夜", "当晚", "同日", "同夜":
		return true
	}
	return hourWord(w) || englishTime(w) || clock.MatchString(w)
}

// hourWord knows the twelve hours: 亥时, 亥时三刻, 子时初, 午时正.
func hourWord(w string) bool {
	r, size := utf8.DecodeRuneInString(w)
	if !strings.ContainsRune("子丑寅卯辰巳午未申酉戌亥", r) {
		return false
	}
	rest, ok := strings.CutPrefix(w[size:], "时")
	if !ok {
		return false
	}
	switch rest {
	case "", "初", "正", "末", "一刻", "二刻", "两刻", "三刻", "四刻":
		return true
	}
	return false
}

func englishTime(w string) bool {
	switch strings.ToUpper(w) {
	case "DAY", "NIGHT", "DAWN", "DUSK", "MORNING", "NOON", "AFTERNOON", "EVENING", "MIDNIGHT", "SUNRISE", "SUNSET",
		"CONTINUOUS", "LATER":
		return true
	}
	return false
}

// chineseTime gives an English time of day its Chinese word, as 内 and 外 stand for INT and EXT.
func chineseTime(w string) string {
	switch strings.ToUpper(w) {
	case "DAY":
		return "日"
	case "NIGHT":
		return "夜"
	case "DAWN":
		return "黎明"
	case "DUSK":
		return "黄昏"
	case "MORNING":
		return "清晨"
	case "NOON":
		return "正午"
	case "AFTERNOON":
		return "下午"
	case "EVENING":
		return "傍晚"
	case "MIDNIGHT":
		return "午夜"
	case "SUNRISE":
		return "日出"
	case "SUNSET":
		return "日落"
	}
	return w
}

// outerPlaces are words that begin with 内 or 外 and name a place, not a side of the door.
func outerPlaces(s string) bool {
	for _, w := range []string{"外婆", "外公", "外滩", "外国", "外科", "外卖", "外地", "外交", "外贸", "外星", "外祖",
		"外商", "外企", "外语", "外甥", "外孙", "外院", "外墙", "内科", "内阁", "内蒙", "内衣", "内室", "内院", "内堂",
		"内殿", "内宫", "内城", "内务", "内廷", "内阵", "内瓦"} {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// remarkWord knows the remarks headings carry in brackets, which are no part of the place.
func remarkWord(w string) bool {
	switch w {
	case "闪回", "闪回结束", "回忆", "回忆结束", "梦境", "梦", "幻想", "想象", "现实", "同时", "接上场", "接前场", "续", "承上",
		"新增", "新", "改", "补", "补拍", "空镜", "蒙太奇":
		return true
	}
	return false
}

// deletedWord knows the remarks that retire a scene number.
func deletedWord(w string) bool {
	switch strings.ToUpper(w) {
	case "删", "删除", "已删", "已删除", "删去", "删场", "空号", "空场", "取消", "OMIT", "OMITTED":
		return true
	}
	return false
}

// noteWord knows the bare words that stand on a line of their own as a note.
func noteWord(w string) bool {
	switch strings.ToUpper(w) {
	case "定格", "黑场", "黑屏", "转场", "闪回", "闪回结束", "闪回完", "回忆", "回忆结束", "闪出", "闪入", "闪白", "淡入", "淡出",
		"渐黑", "切", "切至", "切回", "叠化", "空镜", "字幕", "片头", "片尾", "片头曲", "片尾曲", "主题曲", "蒙太奇", "空镜头",
		"现实", "插入", "SFX", "BGM", "CUT TO", "FADE IN", "FADE OUT":
		return true
	}
	return noteLabel(w)
}

// noteLabel knows the keys whose line is a note: 字幕：三年前, 音效：钟声.
func noteLabel(key string) bool {
	switch strings.ToUpper(key) {
	case "字幕", "字幕条", "花字", "画面文字", "屏幕文字", "音效", "声效", "音乐", "配乐", "背景音乐", "歌曲", "主题曲", "片头曲",
		"片尾曲", "插曲", "转场", "空镜", "空镜头", "定格", "黑场", "闪回", "回忆", "备注", "注", "说明", "提示", "道具", "服装",
		"服化道", "妆发", "特效", "灯光", "时间", "地点", "时长", "SFX", "VFX", "BGM", "SUPER", "TITLE", "NOTE", "人物小传",
		"悬念", "钩子", "卡点", "付费点", "本集看点", "看点":
		return true
	}
	return false
}

// cameraLabel knows the keys whose line is a picture, not a speech: 特写：, 镜头：.
func cameraLabel(key string) bool {
	switch key {
	case "大远景", "远景", "大全景", "全景", "小全景", "中景", "中近景", "近景", "特写", "大特写", "镜头", "画面", "主观镜头", "主观",
		"航拍", "俯拍", "仰拍", "推镜", "拉镜", "摇镜", "跟拍", "慢镜头", "慢动作", "特写镜头", "景别", "运镜", "动作", "场景",
		"环境", "内景", "外景", "屏幕", "手机屏幕", "电视画面", "短信", "微信", "弹幕", "新闻标题", "标题", "回忆画面", "闪回画面":
		return true
	}
	return strings.HasSuffix(key, "显示") || strings.HasSuffix(key, "写着") || strings.HasSuffix(key, "写道") || strings.HasSuffix(key, "镜头")
}

// crowd knows the speakers nobody lists: 众人, 旁白, 路人甲, 宾客A, 电话那头.
func crowd(key string) bool {
	switch key {
	case "众人", "众", "所有人", "大家", "群众", "全体", "全员", "齐声", "旁白", "画外音", "男声", "女声", "童声", "系统", "系统音",
		"电话那头", "路人", "观众", "广播", "机器人", "客服", "主持人", "NARRATOR", "ALL":
		return true
	}
	r, size := utf8.DecodeLastRuneInString(key)
	base := key[:len(key)-size]
	return strings.ContainsRune("甲乙丙丁戊己ABCDEF123456789", r) && hasHan(base) && utf8.RuneCountInString(base) <= 5
}
