package studio_test

import (
	"fmt"
	"strings"
	"testing"

	"chouka/server/studio"
)

const forShots = `第一集

1-1 日 外 湖边
人物：沈枝、顾衍
△特写：怀表停在三点。
△薄雾散去，船靠了岸，没有人下来，只有缆绳拍着石阶，一声又一声，像有人在敲门。沈枝站在岸边，手里攥着一封没有拆开的信，指节发白，风把她的衣角吹起来。远处有人喊她的名字，她没有回头，只是把信塞进了袖子里。
沈枝（冷笑）：你来了。
顾衍：来了。
沈枝OS：三年，一千零九十五天，我每天都在这里等船，等到连船夫都认得我了。
【字幕：三年前】
△航拍，湖面。
`

func TestProposingShots(t *testing.T) {
	h := newHouse(t)
	ctx := t.Context()
	title := h.title("昼以继夜")
	h.importText(title, forShots)
	sc := h.sceneText(h.sceneOf(title, "1-1").ID)
	got, err := h.ProposeShots(ctx, h.admin, sc.ID)
	must(t, got, err)
	var said []string
	for _, x := range got {
		said = append(said, fmt.Sprintf("%s|%s|%s|%s|%d|%d", x.Size, x.Camera, x.Characters, x.Dialogue, x.Milliseconds, len(x.Lines)))
	}
	want := []string{
		"特写||||3000|1",
		"||||3000|1",
		"||||3000|1",
		"||沈枝、顾衍|沈枝（冷笑）：你来了。\n顾衍：来了。|1500|2",
		"||沈枝|沈枝 OS：三年，一千零九十五天，我每天都在这里等船，等到连船夫都认得我了。|6900|1",
		"|航拍|||3000|1",
	}
	if strings.Join(said, "\n") != strings.Join(want, "\n") {
		t.Errorf("proposed\n%s\nwant\n%s", strings.Join(said, "\n"), strings.Join(want, "\n"))
	}
	if got[0].Description != "特写：怀表停在三点。" || got[1].Lines[0] != sc.LineIDs[3] || got[2].Lines[0] != sc.LineIDs[3] || !strings.HasPrefix(got[2].Description, "远处") {
		t.Errorf("got %+v", got[:3])
	}
	h.shot(sc.ID)
	added, err := h.AddShots(ctx, h.admin, sc.ID, got[1:4])
	must(t, added, err)
	if labels := h.shotsOf(title); labels != "E01-S01-001 E01-S01-002 E01-S01-003 E01-S01-004" || added[2].Lines[1] != sc.LineIDs[5] || added[2].Dialogue != got[3].Dialogue {
		t.Errorf("added %s, %+v", labels, added)
	}
	rest, err := h.ProposeShots(ctx, h.admin, sc.ID)
	if must(t, rest, err); len(rest) != 3 || rest[0].Size != "特写" || rest[1].Lines[0] != sc.LineIDs[6] {
		t.Errorf("left are %+v", rest)
	}
	long := make([]studio.ProposedShot, 201)
	for name, c := range map[string]struct {
		in   []studio.ProposedShot
		code string
	}{
		"none":                     {nil, "invalid.shots"},
		"more than two hundred":    {long, "invalid.shots"},
		"a line of nowhere":        {[]studio.ProposedShot{{}, {Lines: []string{"x"}}}, "invalid.lines"},
		"a length below nothing":   {[]studio.ProposedShot{{}, {ShotText: studio.ShotText{Milliseconds: -1}}}, "invalid.milliseconds"},
		"a size of two lines":      {[]studio.ProposedShot{{ShotText: studio.ShotText{Size: "特\n写"}}}, "invalid.size"},
		"a text that has no end":   {[]studio.ProposedShot{{ShotText: studio.ShotText{Description: strings.Repeat("长", 20_001)}}}, "invalid.description"},
		"a control character":      {[]studio.ProposedShot{{ShotText: studio.ShotText{Note: "\x00"}}}, "invalid.note"},
		"text that is no UTF-8":    {[]studio.ProposedShot{{ShotText: studio.ShotText{Prompt: "\xff"}}}, "invalid.prompt"},
		"names that turn around":   {[]studio.ProposedShot{{ShotText: studio.ShotText{Characters: "a\u202eb"}}}, "invalid.characters"},
		"one too many lines of it": {[]studio.ProposedShot{{Lines: make([]string, 1001)}}, "invalid.lines"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := h.AddShots(ctx, h.admin, sc.ID, c.in)
			refused(t, err, c.code)
		})
	}
	if h.board(title).Shots != 4 {
		t.Errorf("a refusal left %d shots", h.board(title).Shots)
	}
	empty, err := h.ProposeShots(ctx, h.admin, h.scene(title).ID)
	if must(t, empty, err); empty == nil || len(empty) != 0 {
		t.Errorf("an empty scene gives %+v", empty)
	}
}
