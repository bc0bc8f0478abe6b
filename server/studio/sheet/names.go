package sheet

import (
	"strings"
	"unicode/utf8"

	"chouka/server/studio/charset"
)

// The fields a column can stand for.
const (
	FieldNumber      = "number"
	FieldSize        = "size"
	FieldCamera      = "camera"
	FieldDescription = "description"
	FieldDialogue    = "dialogue"
	FieldSound       = "sound"
	FieldSeconds     = "seconds"
	FieldPrompt      = "prompt"
	FieldCharacters  = "characters"
	FieldNote        = "note"
	FieldScene       = "scene"
	FieldEpisode     = "episode"

	// Of the tables of Kitsu.
	FieldFPS         = "fps"
	FieldFrameIn     = "frame_in"
	FieldFrameOut    = "frame_out"
	FieldFrames      = "frames"
	FieldType        = "type"
	FieldName        = "name"
	FieldElement     = "element"
	FieldOccurrences = "occurrences"
	FieldLabel       = "label"
	FieldFirstName   = "first_name"
	FieldLastName    = "last_name"
	FieldEmail       = "email"
	FieldRole        = "role"

	// FieldKeep is a column that has no place of its own: it is kept under its name and comes out again.
	FieldKeep = "keep"
)

// ShotField gives the field that a shot list's header names: 时长（秒）, 音效/音乐, Shot No.
func ShotField(header string) string {
	if utf8.RuneCountInString(header) > 30 {
		return ""
	}
	key := headerKey(header)
	if f := shotField(strings.Trim(key, ".:*#")); f != "" {
		return f
	}
	for part := range strings.FieldsFuncSeq(key, func(r rune) bool { return strings.ContainsRune("/、,&+|\n", r) }) {
		if f := shotField(strings.Trim(part, ".:*")); f != "" {
			return f
		}
	}
	if key == "#" {
		return FieldNumber
	}
	return ""
}

func headerKey(header string) string {
	return strings.ToLower(strings.ReplaceAll(charset.WithoutBrackets(charset.Fold(header)), " ", ""))
}

func shotField(key string) string {
	switch key {
	case "镜号", "镜头号", "镜头", "镜头编号", "镜头序号", "序号", "编号", "镜次", "分镜", "分镜号", "鏡號", "鏡頭", "鏡頭號", "序號", "編號",
		"no", "shot", "shotno", "shotnumber":
		return FieldNumber
	case "景别", "镜别", "景", "景別", "鏡別", "size", "shotsize", "framing":
		return FieldSize
	case "运镜", "运镜方式", "机位", "机位运动", "摄法", "角度", "拍摄角度", "机位角度", "镜头运动", "镜头角度", "运动", "拍摄手法", "技巧",
		"镜头语言", "運鏡", "機位", "拍攝角度", "camera", "cameramovement", "movement", "angle":
		return FieldCamera
	case "画面", "画面内容", "画面描述", "画面说明", "镜头内容", "镜头描述", "分镜描述", "内容", "描述", "剧情", "动作", "畫面", "畫面內容",
		"畫面描述", "內容", "description", "action", "content", "visual":
		return FieldDescription
	case "台词", "对白", "旁白", "对话", "解说", "解说词", "字幕", "台詞", "臺詞", "對白", "對話", "dialogue", "dialog", "line", "lines", "voiceover":
		return FieldDialogue
	case "音效", "音乐", "声音", "配乐", "音响", "背景音乐", "音樂", "聲音", "配樂", "bgm", "sound", "music", "sfx", "audio":
		return FieldSound
	case "时长", "秒数", "秒", "长度", "预计时长", "预估时长", "镜头时长", "時長", "秒數", "長度", "duration", "seconds", "length", "sec":
		return FieldSeconds
	case "提示词", "prompt", "prompts", "文生图", "图生视频", "文生视频", "正向提示词", "ai提示词", "画面提示词", "视频提示词", "图片提示词", "提示詞":
		return FieldPrompt
	case "人物", "角色", "出场人物", "出场角色", "演员", "出場人物", "characters", "character", "cast":
		return FieldCharacters
	case "备注", "说明", "注", "备注说明", "備註", "說明", "note", "notes", "remark", "remarks":
		return FieldNote
	case "场次", "场号", "场", "场次号", "場次", "場號", "場", "scene", "sceneno":
		return FieldScene
	case "集", "集数", "集号", "集數", "集號", "episode", "ep":
		return FieldEpisode
	}
	return ""
}

// KitsuShotField gives the field of a header in Kitsu's table of shots, as it takes and as it gives it.
func KitsuShotField(header string) string {
	switch kitsuKey(header) {
	case "episode":
		return FieldEpisode
	case "sequence":
		return FieldScene
	case "name":
		return FieldNumber
	case "description":
		return FieldDescription
	case "fps":
		return FieldFPS
	case "framein", "in":
		return FieldFrameIn
	case "frameout", "out":
		return FieldFrameOut
	case "nbframes", "frames":
		return FieldFrames
	}
	return ""
}

// KitsuAssetField is KitsuShotField for its table of assets.
func KitsuAssetField(header string) string {
	switch kitsuKey(header) {
	case "type":
		return FieldType
	case "name":
		return FieldName
	case "description":
		return FieldDescription
	}
	return ""
}

// KitsuCastingField is KitsuShotField for its table of who is cast where. Kitsu spells Occurences so; both are taken.
func KitsuCastingField(header string) string {
	switch kitsuKey(header) {
	case "episode":
		return FieldEpisode
	case "parent":
		return FieldScene
	case "name":
		return FieldNumber
	case "assettype":
		return FieldType
	case "asset":
		return FieldElement
	case "occurences", "occurrences":
		return FieldOccurrences
	case "label":
		return FieldLabel
	}
	return ""
}

// KitsuPeopleField is KitsuShotField for its table of people.
func KitsuPeopleField(header string) string {
	switch kitsuKey(header) {
	case "firstname":
		return FieldFirstName
	case "lastname":
		return FieldLastName
	case "email":
		return FieldEmail
	case "role":
		return FieldRole
	}
	return ""
}

func kitsuKey(header string) string { return strings.ReplaceAll(headerKey(header), "_", "") }
