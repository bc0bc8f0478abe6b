package genmeta

import "strings"

// weight says how much a label proves that a text is a list of labelled settings.
type weight int

const (
	softLabel weight = iota // a word that prose uses too: Model, Mode
	hardLabel               // its value must fit: a seed, a size
	wordLabel               // introduces the prompt or the negative prompt
)

// sizeField stands for both width and height.
const sizeField = "size"

// label is a name that pages and people write before a value. Param is its name among the params; Field wins over it.
type label struct {
	field, param string
	weight       weight
}

// labelOf reads a label as written, in English or Chinese, in any case, with or without a gloss in brackets.
func labelOf(written string) (label, bool) {
	name := strings.Trim(written, " \t\u3000*#>-•·【】[]“”\"")
	if i := strings.IndexAny(name, "(（"); i > 0 {
		name = name[:i]
	}
	for _, l := range [](func(string) (label, bool)){wordsLabel, numberLabel, namedLabel, sundryLabel} {
		if found, ok := l(fold(name)); ok {
			return found, true
		}
	}
	return label{}, false
}

func wordsLabel(name string) (label, bool) {
	switch name {
	case "prompt", "positiveprompt", "positive", "textprompt", "提示词", "提示詞", "正向提示词", "正向提示詞", "正面提示词", "正提示词", "正向词", "正向", "生成提示词",
		"画面描述", "创意描述", "视频描述", "图片描述", "文本描述", "描述词", "咒语":
		return label{field: Prompt, weight: wordLabel}, true
	case "negativeprompt", "negative", "反向提示词", "反向提示詞", "负向提示词", "負向提示詞", "负面提示词", "負面提示詞", "负提示词", "反提示词", "负面", "负向", "反向", "反向词",
		"反向描述词", "负面描述", "不希望呈现的内容", "不希望出现的内容":
		return label{field: Negative, weight: wordLabel}, true
	}
	return label{}, false
}

func numberLabel(name string) (label, bool) {
	field := ""
	switch name {
	case "seed", "种子", "種子", "随机种子", "隨機種子", "随机数种子", "种子数", "种子值", "随机种":
		field = Seed
	case "steps", "步数", "步數", "迭代步数", "采样步数", "推理步数", "numberofsteps", "samplingsteps", "numinferencesteps":
		field = Steps
	case "cfg", "cfgscale", "guidance", "guidancescale", "引导", "引导系数", "引导强度", "引导比例", "提示词引导系数", "提示词相关性", "提示词引导", "文本强度":
		field = CFG
	case "size", "resolution", "dimensions", "imagesize", "尺寸", "分辨率", "解析度", "图片尺寸", "画面尺寸", "视频尺寸", "图像尺寸", "大小":
		field = sizeField
	case "width", "宽", "宽度":
		field = Width
	case "height", "高", "高度":
		field = Height
	case "ratio", "aspectratio", "aspect", "比例", "画面比例", "宽高比", "长宽比", "画幅", "画幅比例", "视频比例", "图片比例", "寬高比":
		field = Ratio
	case "duration", "length", "videolength", "时长", "時長", "视频时长", "生成时长":
		field = Duration
	case "denoise", "denoisingstrength", "promptstrength", "重绘幅度", "重绘强度", "去噪强度", "降噪强度":
		field = Denoise
	case "clipskip", "clip跳过层", "clip终止层数":
		field = ClipSkip
	case "taskid", "jobid", "externaltaskid", "任务id", "任務id", "任务编号", "任务号", "生成id":
		field = TaskID
	}
	return label{field: field, weight: hardLabel}, field != ""
}

func namedLabel(name string) (label, bool) {
	field := ""
	switch name {
	case "model", "modelname", "checkpoint", "basemodel", "stablediffusionmodel", "模型", "模型名称", "使用模型", "生成模型", "大模型", "基础模型", "基础算法", "底模", "视频模型", "图片模型":
		field = Model
	case "modelhash", "模型哈希":
		field = ModelHash
	case "sampler", "samplingmethod", "samplername", "采样器", "采样方法", "采样方式", "采样算法", "採樣器":
		field = Sampler
	case "scheduler", "scheduletype", "调度器", "调度类型", "采样调度":
		field = Scheduler
	case "vae", "vaemodel", "vae模型", "外挂vae":
		field = VAE
	case "lora", "loras", "loramodel", "lora模型":
		field = Loras
	case "mode", "模式", "生成模式", "視頻模式":
		field = Mode
	case "version", "版本":
		field = Version
	}
	return label{field: field}, field != ""
}

func sundryLabel(name string) (label, bool) {
	param := ""
	switch name {
	case "credits", "credit", "积分", "積分", "消耗积分", "消费积分", "积分消耗", "灵感值", "消耗灵感值", "点数", "算力":
		param = "credits"
	case "cost", "price", "费用", "花费", "价格", "消耗":
		param = "cost"
	case "service", "platform", "tool", "平台", "服务", "工具":
		param = "service"
	case "created", "createdat", "creationtime", "生成时间", "创建时间", "提交时间":
		param = "created"
	case "workid", "作品id", "作品编号":
		param = "work_id"
	case "fps", "framerate", "帧率":
		param = "fps"
	case "firstframe", "首帧", "首帧图":
		param = "first_frame"
	case "lastframe", "尾帧", "尾帧图":
		param = "last_frame"
	case "reference", "referenceimage", "参考图", "参考图片":
		param = "reference"
	case "用时", "耗时", "生成耗时", "timetaken":
		param = "time_taken"
	}
	return label{param: param}, param != ""
}
