package script

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// headerReach is how many filled rows from the top may hold the header; sheets begin with titles.
const headerReach = 10

// headerAt finds the header row by how many of its cells are known names; two must be, or one in a narrow table.
func headerAt(records [][]string) int {
	best, at, seen := 1, -1, 0
	for i, record := range records {
		filled, score := headerScore(record)
		if filled == 0 {
			continue
		}
		if seen++; seen > headerReach {
			break
		}
		if score > best || score == 1 && filled == 1 && len(record) <= 2 && at < 0 && seen == 1 {
			best, at = score, i
		}
	}
	return at
}

// headerScore counts the filled cells and the different fields they name.
func headerScore(record []string) (filled, score int) {
	fields := map[string]bool{}
	for i, cell := range record {
		if i == maxColumns {
			break
		}
		if isBlank(cell) {
			continue
		}
		filled++
		if f := fieldNamed(cell); f != "" && !fields[f] {
			fields[f] = true
			score++
		}
	}
	return filled, score
}

func headerColumns(record []string) []Column {
	record = record[:min(len(record), maxColumns)]
	columns := make([]Column, len(record))
	for i, cell := range record {
		name := strings.TrimSpace(cell)
		columns[i] = Column{Name: name, Field: fieldNamed(name)}
	}
	return columns
}

// fieldNamed gives the field a header names: 时长（秒）, 音效/音乐, Shot No.
func fieldNamed(header string) string {
	if utf8.RuneCountInString(header) > 30 {
		return ""
	}
	key := strings.ToLower(strings.ReplaceAll(withoutBrackets(Fold(header)), " ", ""))
	if f := fieldOf(strings.Trim(key, ".:*#")); f != "" {
		return f
	}
	for part := range strings.FieldsFuncSeq(key, func(r rune) bool { return strings.ContainsRune("/、,&+|\n", r) }) {
		if f := fieldOf(strings.Trim(part, ".:*")); f != "" {
			return f
		}
	}
	if key == "#" {
		return FieldNumber
	}
	return ""
}

func fieldOf(key string) string {
	switch key {
	case "镜号", "镜头号", "镜头", "镜头编号", "镜头序号", "序号", "编号", "镜次", "分镜", "分镜号", "no", "shot", "shotno", "shotnumber":
		return FieldNumber
	case "景别", "镜别", "景", "size", "shotsize", "framing":
		return FieldSize
	case "运镜", "运镜方式", "机位", "机位运动", "摄法", "角度", "拍摄角度", "机位角度", "镜头运动", "镜头角度", "运动", "拍摄手法", "技巧",
		"镜头语言", "camera", "cameramovement", "movement", "angle":
		return FieldCamera
	case "画面", "画面内容", "画面描述", "画面说明", "镜头内容", "镜头描述", "分镜描述", "内容", "描述", "剧情", "动作", "description",
		"action", "content", "visual":
		return FieldDescription
	case "台词", "对白", "旁白", "对话", "解说", "解说词", "字幕", "dialogue", "dialog", "line", "lines", "voiceover":
		return FieldDialogue
	case "音效", "音乐", "声音", "配乐", "音响", "背景音乐", "bgm", "sound", "music", "sfx", "audio":
		return FieldSound
	case "时长", "秒数", "秒", "长度", "预计时长", "预估时长", "镜头时长", "duration", "seconds", "length", "sec":
		return FieldSeconds
	case "提示词", "prompt", "prompts", "文生图", "图生视频", "文生视频", "正向提示词", "ai提示词", "画面提示词", "视频提示词", "图片提示词":
		return FieldPrompt
	case "人物", "角色", "出场人物", "出场角色", "演员", "characters", "character", "cast":
		return FieldCharacters
	case "备注", "说明", "注", "备注说明", "note", "notes", "remark", "remarks":
		return FieldNote
	case "场次", "场号", "场", "scene", "sceneno":
		return FieldScene
	case "集", "集数", "集号", "episode", "ep":
		return FieldEpisode
	}
	return ""
}

// guessColumns names the columns of a table without a header: a first column of numbers is the shot number, sizes
// and lengths are known by their values, and the column with most text is the description.
func guessColumns(records [][]string) []Column {
	width := 0
	for _, r := range records {
		width = max(width, min(len(r), maxColumns))
	}
	columns := make([]Column, width)
	if width == 1 {
		columns[0].Field = FieldDescription
		return columns
	}
	longest, at := -1, -1
	for i := range columns {
		p := profileOf(records, i)
		switch {
		case i == 0 && p.all(p.numbers):
			columns[i].Field = FieldNumber
		case p.all(p.sizes):
			columns[i].Field = FieldSize
		case i > 0 && p.all(p.lengths) && !p.all(p.numbers):
			columns[i].Field = FieldSeconds
		case p.runes > longest:
			longest, at = p.runes, i
		}
	}
	if at >= 0 {
		columns[at].Field = FieldDescription
	}
	return columns
}

// profile is what the cells of one column look like.
type profile struct {
	filled, numbers, sizes, lengths, runes int
}

// all wants four of five filled cells.
func (p *profile) all(n int) bool { return n > 0 && n*5 >= p.filled*4 }

// profileRows is how many rows from the top a column is judged by.
const profileRows = 200

func profileOf(records [][]string, column int) *profile {
	var p profile
	for _, r := range records[:min(len(records), profileRows)] {
		if column >= len(r) || isBlank(r[column]) {
			continue
		}
		cell := r[column]
		p.filled++
		p.runes += utf8.RuneCountInString(cell)
		if numberLike(cell) {
			p.numbers++
		}
		if shotSize(cell) {
			p.sizes++
		}
		if _, ok := milliseconds(cell); ok {
			p.lengths++
		}
	}
	return &p
}

// numberLike knows shot labels: 3, 3A, 8-1, 1-2-3, 镜5, 第三镜.
func numberLike(cell string) bool {
	s := Fold(cell)
	for _, affix := range []string{"第", "镜头", "镜", "Shot", "shot", "SH", "#"} {
		s = strings.Trim(strings.TrimSuffix(strings.TrimPrefix(s, affix), affix), " .、")
	}
	if s == "" || len(s) > 24 {
		return false
	}
	if _, ok := Numeral(s); ok {
		return true
	}
	digits := false
	for _, r := range s {
		isNumber := r >= '0' && r <= '9'
		digits = digits || isNumber
		if !isNumber && !strings.ContainsRune("-._+", r) && (r >= utf8.RuneSelf || !unicode.IsLetter(r)) {
			return false
		}
	}
	return digits
}

// shotSize knows the values of 景别.
func shotSize(cell string) bool {
	switch strings.TrimSuffix(Fold(cell), "镜头") {
	case "大远景", "远景", "大全景", "全景", "小全景", "中景", "中近景", "近景", "特写", "大特写", "空镜":
		return true
	}
	return false
}
