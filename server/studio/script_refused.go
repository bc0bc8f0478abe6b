package studio

import (
	"fmt"

	"chouka/server/studio/script"
)

// refusedScript says what to do with a file that cannot be read.
func refusedScript(r *script.RefusedError) *Error {
	code := "script." + r.Code
	switch r.Code {
	case script.RefusedEmpty:
		return refuse(Invalid, code, "文件是空的，请换一个", "the file is empty; choose another")
	case script.RefusedBinary:
		if r.Found == "image" {
			return refuse(Unsupported, code, "这是图片，不是剧本。可以导入 .docx、.txt、.fountain 和 .fdx", "this is a picture, not a script; .docx, .txt, .fountain and .fdx can be imported")
		}
		return refuse(Unsupported, code, "这不是文本文件。可以导入 .docx、.txt、.fountain 和 .fdx", "this is no text; .docx, .txt, .fountain and .fdx can be imported")
	case script.RefusedTooLarge:
		return refuse(TooLarge, code, "文件太大，剧本最大 16 MB", "the file is too large; a script has at most 16 MB")
	case script.RefusedTooManyLines:
		return refuse(TooLarge, code, "行数太多，一个剧本最多 20 万行", "too many lines; a script has at most 200,000")
	case script.RefusedEncoding:
		return refuse(Invalid, code, "按这种编码读不通，请换一种编码再看", "it cannot be read in this encoding; choose another")
	case script.RefusedBrokenDocx:
		return refuse(Invalid, code, "Word 文件已损坏或内容异常，请在 Word 里另存为 .docx 再试", "the Word file is damaged; save it as .docx again and retry")
	case script.RefusedBrokenFDX:
		return refuse(Invalid, code, "Final Draft 文件已损坏或含有不允许的内容，请重新导出 .fdx，或导出为 .docx、.txt",
			"the Final Draft file is damaged or holds what is not allowed; export it again as .fdx, or as .docx or .txt")
	case script.RefusedCorrection:
		e := wrong("corrections", fmt.Sprintf("第 %d 行不能这样更正：这一行不存在、是空行，或没有这种类型。请重新预览", r.Line),
			fmt.Sprintf("line %d cannot be corrected like this: it does not exist, is blank, or there is no such kind; preview again", r.Line))
		e.Code = code
		return e
	}
	zh, en := foreignScript(r.Found)
	return refuse(Unsupported, code, zh, en)
}

// foreignScript names the format that was found and what works in its place.
func foreignScript(found string) (zh, en string) {
	switch found {
	case "doc":
		return "这是旧版 Word 文件（.doc）。请在 Word 或 WPS 里另存为 .docx 再导入", "this is an old Word file (.doc); save it as .docx in Word or WPS and import that"
	case "wps":
		return "这是 WPS 文字文件（.wps）。请在 WPS 里另存为 .docx 再导入", "this is a WPS Writer file (.wps); save it as .docx in WPS and import that"
	case "pdf":
		return "暂不读取 PDF：版面里的行序和文字不可靠。请向编剧要 Word 文件（.docx）或 .txt", "PDF is not read: its order of lines and its text cannot be relied on; ask the writer for the Word file (.docx) or a .txt"
	case "celtx":
		return "这是 Celtx 项目。请在 Celtx 里导出为 .docx、.txt 或 .fdx 再导入", "this is a Celtx project; export it as .docx, .txt or .fdx and import that"
	case "xlsx", "xls":
		return "这是表格。分镜表请按表格导入；剧本请给 .docx、.txt、.fountain 或 .fdx", "this is a workbook; import shot tables as a table, and scripts as .docx, .txt, .fountain or .fdx"
	case "html":
		return "这是网页。请把正文复制进 .txt 或 .docx 再导入", "this is a web page; copy its text into a .txt or .docx and import that"
	}
	return "不支持这种文件。请在 Word 或 WPS 里另存为 .docx，或导出为 .txt、.fountain、.fdx", "this format is not read; save it as .docx, or export it as .txt, .fountain or .fdx"
}
