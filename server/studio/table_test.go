package studio_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"chouka/server/studio"
	"chouka/server/studio/studiotest"
)

// preview previews a table as it is found.
func (h house) tablePreview(titleID string, kind studio.TableKind, data string) studio.TablePreview {
	h.t.Helper()
	p, err := h.PreviewTable(h.t.Context(), h.admin, titleID, kind, studio.TableFile{Name: "表.csv", Data: []byte(data)})
	return must(h.t, p, err)
}

// imported previews a table and imports it as it was found.
func (h house) imported(titleID string, kind studio.TableKind, data string, update bool) studio.TableOutcome {
	h.t.Helper()
	p := h.tablePreview(titleID, kind, data)
	if len(p.Errors) > 0 {
		h.t.Fatalf("errors: %+v", p.Errors)
	}
	p.Choice.Update = update
	out, err := h.ImportTable(h.t.Context(), h.admin, titleID, kind, studio.KeptTable{SHA256: p.SHA256, Choice: p.Choice})
	return must(h.t, out, err)
}

func (h house) export(titleID string, kind studio.TableKind, format string) string {
	h.t.Helper()
	d, err := h.ExportTable(h.t.Context(), h.admin, titleID, kind, "", format, "")
	return string(must(h.t, d, err).Data)
}

// unchanged exports a table in both formats and imports it again: nothing may change.
func (h house) unchanged(titleID string, kind studio.TableKind, rows int) {
	h.t.Helper()
	for _, format := range []string{"csv", "xlsx"} {
		data := h.export(titleID, kind, format)
		out := h.imported(titleID, kind, data, true)
		if out != (studio.TableOutcome{Same: rows}) {
			h.t.Errorf("%s as %s: %+v, want %d the same\n%s", kind, format, out, rows, strings.ToValidUTF8(data[:min(len(data), 2000)], "?"))
		}
		if format == "csv" && (!strings.HasPrefix(data, "\uFEFF") || strings.Count(data, "\r\n") < rows+1) {
			h.t.Errorf("%s: no mark, or not every row ends in CRLF", kind)
		}
	}
}

func storyboard(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../../../shared/samples/scripts", "e-storyboard.utf8-bom.csv"))
	if err != nil {
		t.Skip("the sample is not beside the repository")
	}
	return string(data)
}

func TestASampleShotListBecomesShots(t *testing.T) {
	h := newHouse(t)
	title := h.title("娇藏京枝")
	data := storyboard(t)
	p := h.tablePreview(title, studio.TableShots, data)
	if p.Rows != 11 || p.New != 11 || p.NewScenes != 2 || p.NewEpisodes != 1 || len(p.Errors) != 0 || *p.Choice.HeaderRow != 1 ||
		p.Choice.Encoding != "utf-8-bom" || p.Choice.Separator != "comma" || len(p.Sample) != 5 || p.Remembered {
		t.Fatalf("got %+v", p)
	}
	if len(p.Skipped) != 1 || p.Skipped[0] != (studio.SkippedRow{Row: 7, Why: "blank"}) {
		t.Errorf("skipped %+v", p.Skipped)
	}
	if n := h.board(title).Shots; n != 0 {
		t.Fatalf("a preview wrote %d shots", n)
	}
	if out := h.imported(title, studio.TableShots, data, false); out != (studio.TableOutcome{New: 11, Scenes: 2, Episodes: 1}) {
		t.Fatalf("got %+v", out)
	}
	list, err := h.TitleShots(t.Context(), h.admin, title, studio.ShotFilter{}, studio.Page{})
	must(t, list, err)
	var labels []string
	total := int64(0)
	for _, x := range list.Items {
		labels, total = append(labels, x.Shot.Label), total+x.Shot.Milliseconds
	}
	if got := strings.Join(labels, " "); got != "E01-S01-001 E01-S01-002 E01-S01-003 E01-S01-003A E01-S01-004 E01-S02-005 E01-S02-006 E01-S02-007 E01-S02-008-1 E01-S02-008-2 E01-S02-009" || total != 29500 {
		t.Errorf("%d ms, %s", total, got)
	}
	if x := list.Items[6].Shot; x.Description != "黑色轿车停在台阶下\n时钟显示19:30" || x.Sound != "刹车声" || x.Camera != "跟" || x.Milliseconds != 3000 {
		t.Errorf("got %+v", x.ShotText)
	}
	if p := h.tablePreview(title, studio.TableShots, data); p.Same != 11 || p.New+p.Changed+p.NewScenes != 0 || !p.Remembered {
		t.Errorf("a second time: %+v", p)
	}
	h.unchanged(title, studio.TableShots, 11)
	h.unchanged(title, studio.TableKitsuShots, 11)
}

// full is a shot with something in every field, of the kind that breaks tables.
func full(n int) studio.ShotText {
	return studio.ShotText{Size: "特写", Camera: "=推", Description: fmt.Sprintf("第 %d 镜，\"门\"开了\r\n她说：走\n", n), Dialogue: "林晚：\t=1+1", Sound: "+风声",
		Prompt: "'=9:16, close-up; ＝x", Characters: "林晚、苏曼妮", Note: "-补镜 @x ", Milliseconds: int64(1234 + n)}
}

func TestEveryFieldOfAShotComesBack(t *testing.T) {
	h := newHouse(t)
	sc := h.scene(h.title("娇藏京枝"))
	second, err := h.AddScene(t.Context(), h.admin, sc.EpisodeID, studio.SceneIn{Label: "1-1"}) // of the same label as the first
	must(t, second, err)
	unnumbered, err := h.AddScene(t.Context(), h.admin, sc.EpisodeID, studio.SceneIn{Label: "+场"})
	must(t, unnumbered, err)
	for n, in := range []struct{ scene, number string }{{sc.ID, ""}, {sc.ID, "3A"}, {sc.ID, "8-1"}, {second.ID, "１４"}, {second.ID, "补 1"}, {unnumbered.ID, "=1"}} {
		x, err := h.AddShot(t.Context(), h.admin, in.scene, studio.ShotIn{Number: in.number, ShotText: full(n)})
		must(t, x, err)
	}
	h.shot(sc.ID) // and one without a word
	h.unchanged(sc.TitleID, studio.TableShots, 7)
	h.unchanged(sc.TitleID, studio.TableKitsuShots, 7)
	data := h.export(sc.TitleID, studio.TableShots, "csv")
	other := h.title("昼以继夜")
	if out := h.imported(other, studio.TableShots, data, false); out != (studio.TableOutcome{New: 7, Scenes: 3, Episodes: 1}) {
		t.Fatalf("into an empty title: %+v", out)
	}
	h.unchanged(other, studio.TableShots, 7)
}

func TestATableChangesTextsAndNothingElse(t *testing.T) {
	h := newHouse(t)
	x := h.oneShot()
	h.pick(x.ID, h.take(x.ID, 1).ID, "")
	before := h.see(x.ID)
	const table = "集,镜号,场次,画面,景别,台词,天气\n1,2,1-1,湖,,,晴\n1,1,1-1,门开了,特写,,雨\n"
	if out := h.imported(x.TitleID, studio.TableShots, table, false); out != (studio.TableOutcome{New: 1, Same: 1}) {
		t.Fatalf("without update: %+v", out)
	}
	if now := h.see(x.ID); now.Shot.Description != "" || now.Shot.Rev != before.Shot.Rev {
		t.Errorf("a shot that was there changed: %+v", now.Shot)
	}
	if got := h.numbers(x.SceneID); got != "002 001" {
		t.Errorf("the new shot stands before the one that follows it in the table, got %s", got)
	}
	if out := h.imported(x.TitleID, studio.TableShots, table, true); out != (studio.TableOutcome{Changed: 1, Same: 1}) {
		t.Fatalf("with update: %+v", out)
	}
	now := h.see(x.ID)
	if now.Shot.Description != "门开了" || now.Shot.Size != "特写" || now.Shot.State != studio.ShotPicked || now.Shot.Pick == nil || now.Attempts != 1 || now.Takes != 1 {
		t.Errorf("got %+v", now)
	}
	t.Run("an empty cell empties nothing", func(t *testing.T) {
		if out := h.imported(x.TitleID, studio.TableShots, "集,场次,镜号,画面,景别\n1,1-1,1,,\n", true); out != (studio.TableOutcome{Same: 1}) {
			t.Errorf("got %+v", out)
		}
	})
	t.Run("a column without a place comes out again", func(t *testing.T) {
		if data := h.export(x.TitleID, studio.TableShots, "csv"); !strings.Contains(data, ",天气\r\n") || !strings.Contains(data, ",雨\r\n") {
			t.Errorf("got %s", data)
		}
		h.unchanged(x.TitleID, studio.TableShots, 2)
	})
}

func TestEveryCellThatCannotBeTakenIsNamed(t *testing.T) {
	h := newHouse(t)
	sc := h.scene(h.title("娇藏京枝"))
	const table = "镜号,场次,集,画面,时长,备注\n1,1-1,第一集,门,待定,\n2,1-1,上集,灯,很久,\n3,1-1,1,湖,3,\n3,1-1,1,山,4,\n4,,2,雨,70:00,\n5,1-1,1,\x07,1,\x01\n"
	p := h.tablePreview(sc.TitleID, studio.TableShots, table)
	var got []string
	for _, e := range p.Errors {
		if e.ZH == "" || e.EN == "" {
			t.Errorf("%+v says nothing", e)
		}
		got = append(got, fmt.Sprintf("%d %s %s", e.Row, e.Column, e.Code))
	}
	if want := "2 时长 seconds|3 时长 seconds|3 集 episode|5 镜号 twice|6 时长 seconds|6 场次 scene.missing|7 画面 description|7 备注 note"; strings.Join(got, "|") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, "|"), want)
	}
	want := h.counted(sc.TitleID)
	_, err := h.ImportTable(t.Context(), h.admin, sc.TitleID, studio.TableShots, studio.KeptTable{SHA256: p.SHA256, Choice: p.Choice})
	refused(t, err, "table.errors")
	if now := h.counted(sc.TitleID); now != want {
		t.Errorf("a part was written: %+v, was %+v", now, want)
	}
	t.Run("a table of no known column says what is missing", func(t *testing.T) {
		for kind, data := range map[studio.TableKind]string{studio.TableShots: "天气,温度\n晴,3\n", studio.TableKitsuAssets: "Name,Note\na,b\n", studio.TableKitsuCasting: "Name,Parent\na,b\n"} {
			choice := studio.TableChoice{HeaderRow: ptr(1)}
			p, err := h.PreviewKeptTable(t.Context(), h.admin, sc.TitleID, kind, studio.KeptTable{SHA256: h.tablePreview(sc.TitleID, kind, data).SHA256, Choice: choice})
			if must(t, p, err); len(p.Errors) != 1 || p.Errors[0].Code != "columns" {
				t.Errorf("%s: %+v", kind, p.Errors)
			}
		}
	})
	t.Run("only a header has no row to import", func(t *testing.T) {
		p := h.tablePreview(sc.TitleID, studio.TableShots, "镜号,画面\n")
		_, err := h.ImportTable(t.Context(), h.admin, sc.TitleID, studio.TableShots, studio.KeptTable{SHA256: p.SHA256, Choice: p.Choice})
		refused(t, err, "table.rows")
	})
}

func TestColumnsAreChosenAndRemembered(t *testing.T) {
	h := newHouse(t)
	sc := h.scene(h.title("娇藏京枝"))
	ctx := t.Context()
	const table = "编号,想法,天气\n1,门开了,晴\n"
	p := h.tablePreview(sc.TitleID, studio.TableShots, table)
	if fmt.Sprint(p.Choice.Columns) != "[number keep keep]" || p.Remembered {
		t.Fatalf("got %+v", p.Choice)
	}
	in := studio.KeptTable{SHA256: p.SHA256, Choice: studio.TableChoice{Columns: []string{"number", "description", ""}, SceneID: sc.ID}}
	p, err := h.PreviewKeptTable(ctx, h.admin, sc.TitleID, studio.TableShots, in)
	if must(t, p, err); p.New != 1 || fmt.Sprint(p.Choice.Columns) != "[number description ]" || p.Choice.SceneID != sc.ID {
		t.Fatalf("got %+v", p)
	}
	out, err := h.ImportTable(ctx, h.admin, sc.TitleID, studio.TableShots, in)
	if must(t, out, err); out != (studio.TableOutcome{New: 1}) {
		t.Fatalf("got %+v", out)
	}
	if p := h.tablePreview(sc.TitleID, studio.TableShots, "编号,想法,天气\n2,灯灭,雨\n"); !p.Remembered || fmt.Sprint(p.Choice.Columns) != "[number description ]" {
		t.Errorf("got %+v", p.Choice)
	}
	if p := h.tablePreview(h.title("昼以继夜"), studio.TableShots, table); p.Remembered || fmt.Sprint(p.Choice.Columns) != "[number keep keep]" {
		t.Errorf("another title remembers: %+v", p.Choice)
	}
	for name, bad := range map[string]studio.TableChoice{"a field that is none": {Columns: []string{"x"}}, "too many": {Columns: []string{"", "", "", "number"}},
		"a row beyond": {HeaderRow: ptr(9)}, "below nought": {HeaderRow: ptr(-1)}, "an encoding": {Encoding: "x"}, "a separator": {Separator: "x"}} {
		_, err := h.PreviewKeptTable(ctx, h.admin, sc.TitleID, studio.TableShots, studio.KeptTable{SHA256: p.SHA256, Choice: bad})
		if e := refused(t, err, "invalid.choice"); e == nil {
			t.Error(name)
		}
	}
	_, err = h.PreviewKeptTable(ctx, h.admin, sc.TitleID, studio.TableShots, studio.KeptTable{SHA256: p.SHA256, Choice: studio.TableChoice{SceneID: "x"}})
	refused(t, err, "unknown.scene")
	_, err = h.PreviewKeptTable(ctx, h.admin, sc.TitleID, studio.TableShots, studio.KeptTable{SHA256: strings.Repeat("0", 64)})
	refused(t, err, "kept.gone")
}

func TestRowsFindTheirScenes(t *testing.T) {
	h := newHouse(t)
	title := h.title("娇藏京枝")
	h.importText(title, draft)
	for name, c := range map[string]struct {
		table  string
		scenes int
		want   string // what is new, or the code of the only error
	}{
		"by label":                   {"场次,镜号\n1-1,1\n2-1,1\n", 0, "2"},
		"by episode and code":        {"集,场次,镜号\n第一集,01,11\n2,SC001,11\n", 0, "2"},
		"as kitsu writes them":       {"集,场次,镜号\nE01,S02,11\nEP02,第一场,11\n", 0, "2"},
		"by the name of the episode": {"集,场次,镜号\n屋顶,2-1,12\n", 0, "1"},
		"a new one":                  {"场次,镜号\n2-2,1\n2-2,2\n", 1, "2"},
		"one that nobody can place":  {"场次,镜号\n码头,1\n", 0, "scene.episode"},
		"no episode":                 {"集,场次,镜号\nMP,1,1\n", 0, "episode"},
		"of another episode":         {"集,场次,镜号\n1,2-1,1\n", 1, "1"},
	} {
		p := h.tablePreview(title, studio.TableShots, c.table)
		got := fmt.Sprint(p.New)
		if len(p.Errors) == 1 {
			got = p.Errors[0].Code
		}
		if got != c.want || p.NewScenes != c.scenes {
			t.Errorf("%s: %s, %d new scenes, %+v", name, got, p.NewScenes, p.Errors)
		}
	}
}

func TestKitsusTablesComeAndGo(t *testing.T) {
	h := newHouse(t)
	title := h.title("娇藏京枝")
	const shots = "Episode;Sequence;Name;Description;FPS;Frame In;Frame Out;Resolution;Animation;Assignations;Assignations\nE01;SEQ01;SH0010;门开了;25;1001;1100;1080x1920;wip;a;b\nE01;SEQ01;SH0020;灯灭;;;;;;;\n"
	if out := h.imported(title, studio.TableKitsuShots, shots, false); out != (studio.TableOutcome{New: 2, Scenes: 1, Episodes: 1}) {
		t.Fatalf("shots: %+v", out)
	}
	if data := h.export(title, studio.TableKitsuShots, "csv"); !strings.Contains(data, "E01,SEQ01,SH0010,门开了,25,1001,1100,100,wip,a,b,1080x1920\r\n") {
		t.Errorf("got %s", data)
	}
	h.unchanged(title, studio.TableKitsuShots, 2)
	const assets = "Type,Name,Description,Episode,Ready for\nCharacters,林晚,主角,MP,Layout\nProps,舞鞋,,,\nEnvironment,金沙湖大剧院,,,\nFX,雨,,E01,\nCharacters,李丽,,,\nCharacters,李莉,,,\n"
	if out := h.imported(title, studio.TableKitsuAssets, assets, false); out != (studio.TableOutcome{New: 6}) {
		t.Fatalf("assets: %+v", out)
	}
	if data := h.export(title, studio.TableKitsuAssets, "csv"); !strings.Contains(data, "FX,雨,,E01,\r\n") || !strings.Contains(data, "Characters,林晚,主角,MP,Layout\r\n") {
		t.Errorf("got %s", data)
	}
	h.unchanged(title, studio.TableKitsuAssets, 6)
	const casting = "Episode,Parent,Name,Asset Type,Asset,Occurences,Label\nE01,SEQ01,SH0010,Characters,林晚,2,animate\nE01,SEQ01,SH0010,FX,雨,1,\nE01,SEQ01,SH0020,,舞鞋,,\n"
	if out := h.imported(title, studio.TableKitsuCasting, casting, false); out != (studio.TableOutcome{New: 3}) {
		t.Fatalf("casting: %+v", out)
	}
	h.unchanged(title, studio.TableKitsuCasting, 3)
	if data := h.export(title, studio.TableKitsuCasting, "csv"); !strings.Contains(data, "E01,SEQ01,SH0010,Characters,林晚,2,animate\r\n") {
		t.Errorf("got %s", data)
	}
	p := h.tablePreview(title, studio.TableKitsuCasting, "Episode,Parent,Name,Asset Type,Asset,Occurrences\nE01,SEQ09,SH1,Characters,林晚,1\nE01,SEQ01,SH9,Characters,林碗,x\n")
	if len(p.Errors) != 4 {
		t.Errorf("got %+v", p.Errors)
	}
}

func TestPeopleGetTheirRoleByTableAndNobodyAnAccount(t *testing.T) {
	h := newHouse(t)
	title := h.title("娇藏京枝")
	lin := studiotest.Person(t, h.Studio, h.admin, "lin@chouka.cn", studio.Member, title, studio.RoleScout)
	bo := studiotest.Person(t, h.Studio, h.admin, "bo", studio.Member, "", "")
	h.unchanged(title, studio.TableKitsuPeople, 1)
	const table = "First Name,Last Name,Email,Phone,Role,Daily Salary\nA,B,LIN@chouka.cn,139,Supervisor,900\nbo,,bo@else.cn,,manager,\nx,y,bo@else.cn,,manager,\n新,人,new@chouka.cn,,user,\n"
	p := h.tablePreview(title, studio.TableKitsuPeople, table)
	if p.New != 1 || p.Same != 1 || fmt.Sprint(p.Skipped) != "[{4 no_account} {5 no_account}]" || fmt.Sprint(p.Choice.Columns) != "[first_name last_name email  role ]" {
		t.Fatalf("got %+v", p)
	}
	if out := h.imported(title, studio.TableKitsuPeople, table, true); out != (studio.TableOutcome{New: 1, Changed: 1}) {
		t.Errorf("got %+v", out)
	}
	rows, err := h.Members(t.Context(), h.admin, title)
	roles := map[string]studio.Role{}
	for _, m := range must(t, rows, err) {
		roles[m.PersonID] = m.Role
	}
	if len(roles) != 2 || roles[lin.Person.ID] != studio.RoleDirector || roles[bo.Person.ID] != studio.RoleProducer {
		t.Errorf("got %v", roles)
	}
	h.unchanged(title, studio.TableKitsuPeople, 2)
	for _, by := range []studio.Actor{h.as(studio.RoleLead, title), h.as(studio.RoleViewer, title)} {
		if _, err := h.PreviewTable(t.Context(), by, title, studio.TableKitsuPeople, studio.TableFile{Data: []byte(table)}); !studio.IsKind(err, studio.Forbidden) {
			t.Errorf("got %v", err)
		}
	}
}

func TestTheSceneTablesOfACrew(t *testing.T) {
	h := newHouse(t)
	title := h.title("娇藏京枝")
	h.importText(title, "第一集\n\n1-1 日 内 大剧院\n人物：沈枝、陆沉舟\n△薄雾。\n沈枝：三年了，我还是回来了。\n\n1-2 夜 外 湖边\n【闪回】\n△水声。\n\n1-3 夜 内 大剧院\n△灯灭。\n")
	read := func(order string) string {
		d, err := h.ExportTable(t.Context(), h.admin, title, studio.TableScenes, "", "csv", order)
		return string(must(t, d, err).Data)
	}
	head, rest, _ := strings.Cut(read("script"), "\r\n")
	if !strings.HasPrefix(head, "\uFEFF序号/No.,场号/Scene,集/Episode") {
		t.Errorf("got %s", head)
	}
	if want := "1,1-1,1,日,内,大剧院,沈枝、陆沉舟,,3,"; !strings.HasPrefix(rest, want) || !strings.Contains(rest, "2,1-2,1,夜,外,湖边,,,,4,0,0,闪回\r\n") {
		t.Errorf("got %s", rest)
	}
	_, rest, _ = strings.Cut(read("place"), "\r\n")
	var order []string
	for line := range strings.Lines(rest) {
		order = append(order, strings.Split(line, ",")[1])
	}
	if strings.Join(order, " ") != "1-1 1-3 1-2" {
		t.Errorf("by place: %v", order)
	}
	_, err := h.PreviewTable(t.Context(), h.admin, title, studio.TableScenes, studio.TableFile{Data: []byte("场号\n1")})
	refused(t, err, "invalid.kind")
	for _, c := range [][2]string{{"pdf", ""}, {"csv", "x"}} {
		_, err := h.ExportTable(t.Context(), h.admin, title, studio.TableScenes, "", c[0], c[1])
		if !studio.IsKind(err, studio.Invalid) {
			t.Errorf("%v: %v", c, err)
		}
	}
}

func TestFiveThousandRows(t *testing.T) {
	h := newHouse(t)
	title := h.title("娇藏京枝")
	var b strings.Builder
	b.WriteString("集,场次,镜号,景别,画面,台词,时长,提示词\n")
	for i := range 5000 {
		fmt.Fprintf(&b, "%d,%d-%d,%d,特写,镜前灯一盏盏亮起 %d,林晚：三年了，我连名字都没印上节目单。,3.5秒,\"vertical 9:16, close-up, %d\"\n", i/500+1, i/500+1, i/50%10+1, i%50+1, i, i)
	}
	begin := time.Now()
	p := h.tablePreview(title, studio.TableShots, b.String())
	previewed := time.Since(begin)
	if p.New != 5000 || p.NewScenes != 100 || p.NewEpisodes != 10 || len(p.Errors) > 0 {
		t.Fatalf("got %d, %d, %d, %v", p.New, p.NewScenes, p.NewEpisodes, p.Errors)
	}
	begin = time.Now()
	out, err := h.ImportTable(t.Context(), h.admin, title, studio.TableShots, studio.KeptTable{SHA256: p.SHA256, Choice: p.Choice})
	written := time.Since(begin)
	if must(t, out, err); out.New != 5000 {
		t.Fatalf("got %+v", out)
	}
	begin = time.Now()
	if p := h.tablePreview(title, studio.TableShots, b.String()); p.Same != 5000 {
		t.Errorf("got %+v", p)
	}
	t.Logf("preview %v, import %v, preview again %v", previewed, written, time.Since(begin))
}

func TestATableLeavesALockedEpisodeAlone(t *testing.T) {
	h := newHouse(t)
	x := h.oneShot()
	e, err := h.LockEpisode(t.Context(), h.admin, x.EpisodeID, true)
	must(t, e, err)
	p := h.tablePreview(x.TitleID, studio.TableShots, "场次,镜号,画面\n1-1,1,\n1-1,2,门\n1-9,1,门\n")
	if p.Same != 1 || len(p.Errors) != 2 || p.Errors[0].Code != "locked" || p.Errors[1].Code != "locked" {
		t.Errorf("got %+v", p)
	}
	p.Choice.Update = true
	p, err = h.PreviewKeptTable(t.Context(), h.admin, x.TitleID, studio.TableShots,
		studio.KeptTable{SHA256: h.tablePreview(x.TitleID, studio.TableShots, "场次,镜号,画面\n1-1,1,门\n").SHA256, Choice: studio.TableChoice{Update: true}})
	if must(t, p, err); p.Changed != 1 || len(p.Errors) != 1 || p.Errors[0].Code != "locked" {
		t.Errorf("got %+v", p)
	}
}
