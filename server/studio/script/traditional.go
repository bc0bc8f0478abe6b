package script

// simplified gives the simplified form of the traditional characters that the grammar's own words are made of, such as
// 場, 內 and 時間. It serves recognition only; it is no conversion of text.
func simplified(r rune) rune {
	switch r {
	case '場':
		return '场'
	case '內':
		return '内'
	case '時':
		return '时'
	case '間':
		return '间'
	case '點':
		return '点'
	case '畫':
		return '画'
	case '黃':
		return '黄'
	case '號':
		return '号'
	case '獨':
		return '独'
	case '聲':
		return '声'
	case '電':
		return '电'
	case '話':
		return '话'
	case '語':
		return '语'
	case '閃':
		return '闪'
	case '憶':
		return '忆'
	case '結':
		return '结'
	case '終':
		return '终'
	case '續':
		return '续'
	case '劇':
		return '剧'
	}
	return simplifiedMore(r)
}

func simplifiedMore(r rune) rune {
	switch r {
	case '編':
		return '编'
	case '導':
		return '导'
	case '寫':
		return '写'
	case '鏡':
		return '镜'
	case '頭':
		return '头'
	case '轉':
		return '转'
	case '眾':
		return '众'
	case '歲':
		return '岁'
	case '錄':
		return '录'
	case '刪':
		return '删'
	case '廣':
		return '广'
	case '觀':
		return '观'
	case '簡':
		return '简'
	case '綱':
		return '纲'
	case '傳':
		return '传'
	case '題':
		return '题'
	case '類':
		return '类'
	case '備':
		return '备'
	case '註':
		return '注'
	case '樂':
		return '乐'
	case '員':
		return '员'
	case '顯':
		return '显'
	case '戶':
		return '户'
	case '淩':
		return '凌'
	case '國':
		return '国'
	}
	return r
}
