package studio

import (
	"time"

	"chouka/server/studio/geo"
)

// What the demonstration holds. Facts name the page that printed them; figures
// and dates that nobody printed are marked as sample data where they stand.

type demoPerson struct {
	key, name string
	role      Role
}

func demoPeople() []demoPerson {
	return []demoPerson{
		{"director", "许导（示例）", RoleDirector},
		{"producer", "周屿（示例）", RoleProducer},
		{"operator", "林小满（示例）", RoleOperator},
		{"scout", "陈外联（示例）", RoleScout},
		{"distributor", "罗运营（示例）", RoleDistributor},
	}
}

type demoTitle struct {
	key    string
	record Title
}

func demoTitles() []demoTitle {
	none := []string{}
	return []demoTitle{
		{"jiaocang", Title{Name: "娇藏京枝", Code: "JCJZ", Kind: "真人", Company: "过儿传媒", Stage: StageMaking, Aliases: none,
			Note:  "剧本、镜头和抽卡均为示例数据。",
			Facts: []Fact{{Text: "过儿传媒出品，在金沙湖取景拍摄。", Source: "剧组公开消息"}}}},
		{"zhouyi", Title{Name: "昼以继夜", Code: "ZYJY", Kind: "真人", Company: "过儿传媒", Stage: StageOn, Aliases: none,
			Facts: []Fact{{Text: "热度破 1 亿。", Source: "出品方公开消息"}}}},
		{"baba", Title{Name: "爸，我带您来办业务了", Code: "BWDN", Kind: "真人", Company: "掌玩科技", Stage: StageOn, Aliases: none,
			Facts: []Fact{{Text: "热度破 1 亿。", Source: "出品方公开消息"}}}},
		{"qiyun", Title{Name: "气运三角洲，我凭操作吊打全球", Code: "QYSJZ", Kind: "2D漫剧", Company: "灵漫快创", Stage: StageOn, Aliases: []string{"气运三角洲"},
			Note: "剧本、镜头、抽卡、成本、平台、逐日读数、榜单名称和上榜日期均为示例数据。",
			Facts: []Fact{
				{Text: "多个平台日榜第一。", Source: "出品方公开消息"},
				{Text: "2026 年 2 月 16 日至 22 日：热度 5799 万，点赞 57.7 万，追更 29.5 万。", Source: "新腕儿 / WETRUE 周榜，2026-02-24"}}}},
		{"wanpi", Title{Name: "从顽皮蛇开始吞噬进化", Code: "WPS", Kind: "AI漫剧", Company: "新美虹星", Stage: StageOn, Aliases: []string{"从赖皮蛇开始吞噬进化"}, Seconds: 5400,
			Note: "成片时长、成本、平台、逐日读数和首破声明均为示例数据。",
			Facts: []Fact{
				{Text: "首发播放量破 2.1 亿。", Source: "出品方公开消息"},
				{Text: "DataEye 一月报告印作《从赖皮蛇开始吞噬进化》，2026-01-20 上线，2.1 亿是一月的新增播放。", Source: "DataEye 研究院《1月漫剧》报告，界面新闻，2026-02"}}}},
	}
}

// demoLocation is 金沙湖大剧院 as a scout would have written it down; by is who did, now the day from which its documents end.
func demoLocation(id func() string, by string, now time.Time) Location {
	areas := []Area{}
	for _, a := range []AreaIn{{Name: "观众厅", Note: "约千座"}, {Name: "大堂"}, {Name: "屋顶平台", Note: "夜景"}, {Name: "后台化妆间"}} {
		areas = append(areas, Area{ID: id(), Name: a.Name, Note: a.Note})
	}
	day := func(n int) string { return now.AddDate(0, 0, n).Format(time.DateOnly) }
	paper := func(kind DocumentKind, name, number string, from, until int) PlaceDocument {
		return PlaceDocument{ID: id(), Kind: kind, Name: name + "（示例）", Number: number, From: day(from), Until: day(until), Note: "示例数据", By: by, At: now}
	}
	l := Location{Name: "金沙湖大剧院", Aliases: []string{"剧院后台", "金沙湖剧院"}, Address: "浙江省杭州市钱塘区金沙湖", Status: PlaceHeld,
		Note:  "示例数据：坐标、价格、时段、联系人、医院、文件、分区、档期和图片均为示例，不是剧院的真实条件。",
		Areas: areas, Demo: true, Tags: []string{"剧院", "室内", "夜景", "湖景", "示例"},
		Point: &geo.Point{Lat: 30.3087, Lon: 120.3494}, // near the lake, not surveyed
		Contacts: []Contact{
			{Name: "示例联系人", Role: "场地经理", Phone: "000-0000-0000", Note: "示例数据：工作日 9:00 后联系"},
			{Name: "示例值班", Role: "夜间值班", Phone: "000-0000-0001", Note: "示例数据"}},
		Price: Price{Currency: "CNY", Day: 18_000_0000, Hour: 2_500_0000, Deposit: 20_000_0000, Note: "示例价格：一天按 10 小时计"},
		Hours: []Hours{
			{Weekdays: []int{}, From: "08:00", To: "22:00", Note: "示例时段：室内"},
			{Weekdays: []int{}, From: "18:00", To: "02:00", Note: "示例时段：屋顶平台夜戏"}},
		Noise: "示例：临湖步道白天有广场音乐，20:00 后安静。", Power: "示例：后台三相 63A 一路，观众厅墙插 16A；屋顶需自备发电车。",
		Parking: "示例：地下车库限高 2.2 米；器材车停北侧卸货区，最多 4 辆。", LoadIn: "示例：北门货梯 2.4 × 3 米，载重 2 吨，直达后台。",
		Hospital: Hospital{Name: "示例医院", Address: "示例地址：钱塘区，车程约 10 分钟", Phone: "120"},
		Documents: []PlaceDocument{
			paper(DocPermit, "拍摄许可", "示例-001", -40, 20),
			paper(DocContract, "场地合同", "示例-002", -40, 120),
			paper(DocInsurance, "公众责任险", "示例-003", -360, 5)}}
	l.settle()
	return l
}

type demoBooking struct {
	title, area string
	day, from   int // days from today and the hour in the studio's zone
	hours       int
	status      BookingStatus
	note        string
}

func demoBookings() []demoBooking {
	return []demoBooking{
		{"jiaocang", "观众厅", 1, 8, 10, Confirmed, "1-2 谢幕"},
		{"jiaocang", "屋顶平台", 1, 19, 7, Confirmed, "2-1 夜戏，过零点"},
		{"zhouyi", "大堂", 3, 9, 8, Tentative, "补拍"},
		{"jiaocang", "", 6, 7, 14, Tentative, "全场清场备选"},
	}
}

type demoWork struct {
	title, file, script string
	shots               map[string][]ShotText // by the scene's label
}

func demoWorks() []demoWork {
	return []demoWork{
		{"jiaocang", "示例剧本-娇藏京枝.txt", demoScriptTheatre, map[string][]ShotText{
			"1-1": {
				demoShot("远景", "缓推", "清晨的金沙湖，薄雾贴着水面，大剧院的弧形屋顶露出一角。", "", "wide shot, misty lake at dawn, curved theatre roof, cinematic, 9:16", 4000),
				demoShot("中景", "跟拍", "沈枝拖着行李箱穿过空荡的广场，鞋跟声很响。", "", "young woman pulling a suitcase across an empty plaza, back light, 9:16", 3500),
				demoShot("近景", "固定", "她抬头看见海报上自己的名字，停住。", "", "close shot, woman looking up at a poster, soft morning light", 3000),
			},
			"1-2": {
				demoShot("全景", "摇", "观众厅千座皆空，一束追光打在舞台中央。", "", "empty grand theatre hall, a single spotlight on stage, volumetric light", 4000),
				demoShot("特写", "固定", "沈枝的手握紧话筒，指节发白。", "沈枝：我回来了。", "extreme close up, hand gripping a microphone, shallow depth of field", 2500),
				demoShot("中近景", "推", "二楼包厢，顾京推开帘子。", "顾京：谁让她上台的？", "man in a dark suit parting a red curtain, theatre box, dramatic light", 3000),
			},
			"2-1": {
				demoShot("大远景", "航拍", "屋顶平台，城市灯火在湖面碎开。", "", "aerial night shot, rooftop over a lake, city lights reflecting", 5000),
				demoShot("双人中景", "环绕", "两人隔着三步，谁也不先开口。", "顾京：这三年，你在哪里？", "two people facing each other on a rooftop at night, wind, orbit shot", 4000),
			},
		}},
		{"qiyun", "示例剧本-气运三角洲.txt", demoScriptGame, map[string][]ShotText{
			"1-1": {
				demoShot("全景", "快速拉远", "电竞馆穹顶亮起，三万观众起身。", "", "anime style, huge esports arena, crowd standing, neon lights", 3000),
				demoShot("特写", "固定", "林越的瞳孔里映出倒计时。", "林越：这一把，我来指挥。", "anime close up, eyes reflecting a countdown, blue light", 2000),
			},
			"1-2": {
				demoShot("近景", "手持", "解说席，两人同时站起来。", "解说甲：他一个人进去了！", "anime, two commentators jumping up, dynamic angle", 2500),
			},
		}},
	}
}

func demoShot(size, camera, description, dialogue, prompt string, ms int64) ShotText {
	return ShotText{Size: size, Camera: camera, Description: description, Dialogue: dialogue, Prompt: prompt, Milliseconds: ms, Note: "示例数据"}
}

const demoScriptTheatre = `《娇藏京枝》示例剧本（示例数据，并非真实剧本）

第一集 归来

1-1 日 外 金沙湖·剧院广场
人物：沈枝
道具：行李箱
△清晨，薄雾贴着湖面，大剧院的弧形屋顶露出一角。
△沈枝拖着行李箱穿过空荡的广场。
沈枝（OS）：三年了，灯还亮着。
△她抬头看见海报上自己的名字，停住。

1-2 日 内 金沙湖大剧院·观众厅
人物：沈枝、顾京、舞台监督
道具：话筒
△千座皆空，一束追光打在舞台中央。
舞台监督：下一位！
沈枝：（握紧话筒）我回来了。
△二楼包厢，帘子掀开。
顾京：谁让她上台的？
【字幕：三年前】

第二集 屋顶

2-1 夜 外 金沙湖大剧院·屋顶平台
人物：沈枝、顾京
△城市灯火在湖面碎开，风很大。
顾京：这三年，你在哪里？
沈枝：在你找不到的地方。
△两人隔着三步，谁也不先开口。

2-2 夜 内 金沙湖大剧院·后台化妆间
人物：沈枝、化妆师
化妆师：枝姐，外面有人等了你一晚上。
沈枝：让他等。
`

const demoScriptGame = `《气运三角洲》示例剧本（示例数据，并非真实剧本）

第1集

1-1 夜 内 电竞馆
人物：林越、观众
△穹顶亮起，三万观众起身。
林越：这一把，我来指挥。

1-2 夜 内 解说席
人物：解说甲、解说乙
解说甲：他一个人进去了！
解说乙：这不可能——
【音效：爆炸】
`
