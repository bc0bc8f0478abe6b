package sheet

import (
	"strings"
	"unicode/utf8"

	"chouka/server/studio/charset"
)

// The fields of a table of slots, besides FieldNote.
const (
	FieldPlace  = "place"
	FieldArea   = "area"
	FieldTitle  = "title"
	FieldDate   = "date"
	FieldStart  = "start"
	FieldEnd    = "end"
	FieldStatus = "status"
)

// SlotField gives the field that a header of a table of slots names: 取景地, 拍摄日期, 开始时间, Location.
func SlotField(header string) string {
	if utf8.RuneCountInString(header) > 30 {
		return ""
	}
	key := headerKey(header)
	if f := slotField(strings.Trim(key, ".:*#")); f != "" {
		return f
	}
	for part := range strings.FieldsFuncSeq(key, func(r rune) bool { return strings.ContainsRune("/、,&+|\n", r) }) {
		if f := slotField(strings.Trim(part, ".:*")); f != "" {
			return f
		}
	}
	return ""
}

func slotField(key string) string {
	switch strings.NewReplacer("_", "", "-", "").Replace(key) {
	case "取景地", "场地", "地点", "拍摄地", "拍摄地点", "场馆", "外景地", "取景地点", "場地", "地點", "拍攝地", "拍攝地點", "place", "location", "venue", "site":
		return FieldPlace
	case "分区", "区域", "位置", "厅", "分區", "區域", "area", "zone", "room", "part":
		return FieldArea
	case "剧目", "剧名", "剧", "项目", "片名", "剧集", "作品", "劇目", "劇名", "項目", "title", "show", "project", "production", "drama":
		return FieldTitle
	case "日期", "拍摄日期", "日子", "档期", "预订日期", "使用日期", "开始日期", "拍攝日期", "檔期", "date", "day", "shootdate", "startdate", "dates":
		return FieldDate
	case "开始", "开始时间", "起始时间", "起", "时间", "时段", "拍摄时间", "使用时间", "进场", "进场时间", "從", "自", "從何時", "開始", "開始時間", "時間", "時段",
		"start", "from", "starttime", "begin", "begins", "time", "hours":
		return FieldStart
	case "结束", "结束时间", "止", "至", "到", "撤场", "撤场时间", "離場", "结束日期", "結束", "結束時間", "end", "to", "until", "endtime", "ends", "finish":
		return FieldEnd
	case "状态", "确认", "是否确认", "預訂狀態", "狀態", "status", "state":
		return FieldStatus
	case "备注", "说明", "注", "備註", "說明", "note", "notes", "remark", "remarks", "comment":
		return FieldNote
	}
	return ""
}

// SlotStatus reads whether a slot is confirmed, tentative or cancelled; an empty cell is tentative.
func SlotStatus(cell string) (status string, ok bool) {
	switch strings.ToLower(strings.ReplaceAll(charset.Fold(cell), " ", "")) {
	case "", "意向", "暂定", "待定", "未确认", "待确认", "预留", "暫定", "未確認", "tentative", "hold", "held", "option", "pending":
		return "tentative", true
	case "确认", "已确认", "确定", "已定", "锁定", "是", "確認", "已確認", "確定", "confirmed", "confirm", "firm", "yes", "y":
		return "confirmed", true
	case "取消", "已取消", "作废", "cancelled", "canceled":
		return "cancelled", true
	}
	return "", false
}
