package studio

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"chouka/server/studio/sheet"
	"chouka/store"
)

// The media types of tables.
const (
	csvType  = "text/csv; charset=utf-8"
	xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// ExportTable writes a table of a title, or of one episode: as csv (UTF-8 with mark, CRLF) or xlsx. Order is script
// (顺场) or place (分场), for scenes. Headers stand in both languages, but for Kitsu's, which are its own; importing what
// was written changes nothing.
func (s *Studio) ExportTable(ctx context.Context, by Actor, titleID string, kind TableKind, episodeID, format, order string) (*Document, error) {
	if err := by.readsTitle(titleID, "title"); err != nil {
		return nil, err
	}
	if format != "csv" && format != "xlsx" {
		return nil, wrong("format", "表格可以导出为 csv 或 xlsx", "a table can be written as csv or xlsx")
	}
	var name string
	var table sheet.Written
	err := s.view(ctx, func(tx store.Txn) error {
		t, err := found(s.r.titles.Get(tx, titleID))("title")
		if err != nil {
			return err
		}
		w := tableWriter{s: s, tx: tx, titleID: titleID}
		if err := w.begin(episodeID); err != nil {
			return err
		}
		table, err = w.table(kind, order)
		name = t.Name + w.tail() + "-" + table.Name
		return err
	})
	if err != nil {
		return nil, err
	}
	d := &Document{Name: fileName(name + "." + format), Type: csvType}
	if format == "csv" {
		d.Data = sheet.CSV(table)
		return d, nil
	}
	d.Type = xlsxType
	d.Data, err = sheet.XLSX(table)
	var refused *sheet.RefusedError
	if errors.As(err, &refused) {
		return nil, refusedTable(refused)
	}
	return d, err
}

// tableWriter gathers a title's records for a table.
type tableWriter struct {
	s       *Studio
	tx      store.Txn
	titleID string
	episode int // only this one; 0: all
	placer  *placer
}

func (w *tableWriter) begin(episodeID string) error {
	if episodeID != "" {
		e, err := found(w.s.r.episodes.Get(w.tx, episodeID))("episode")
		if err != nil {
			return err
		}
		if e.TitleID != w.titleID {
			return unknown("episode")
		}
		w.episode = e.Number
	}
	var err error
	w.placer, err = w.s.newPlacer(w.tx, w.titleID, TableChoice{})
	return err
}

// tail names the episode in the file's name.
func (w *tableWriter) tail() string {
	if w.episode == 0 {
		return ""
	}
	return fmt.Sprintf("-E%02d", w.episode)
}

func (w *tableWriter) table(kind TableKind, order string) (sheet.Written, error) {
	switch kind {
	case TableShots:
		return w.shots()
	case TableKitsuShots:
		return w.kitsuShots()
	case TableKitsuAssets:
		return w.kitsuAssets()
	case TableKitsuCasting:
		return w.kitsuCasting()
	case TableKitsuPeople:
		return w.kitsuPeople()
	case TableScenes:
		if order != "" && order != "script" && order != "place" {
			return sheet.Written{}, wrong("order", "场次表可以按 script 或 place 排", "a scene table is ordered by script or place")
		}
		return w.sceneTable(order == "place")
	}
	return sheet.Written{}, wrong("kind", "没有这种表格", "there is no such table")
}

// eachShot walks over the live shots of live scenes in the order of the title.
func (w *tableWriter) eachShot(visit func(*Shot, *Scene) error) error {
	prefix := store.K().ID(w.titleID)
	if w.episode > 0 {
		prefix = prefix.Int(int64(w.episode))
	}
	return w.s.r.shots.Each(w.tx, "title", prefix, func(x *Shot) error {
		scene := w.placer.byID[x.SceneID]
		if scene == nil || scene.Archived {
			return nil
		}
		return visit(x, scene.Scene)
	})
}

// keptOf reads what is kept for owners of a kind, and all the columns that any of them has, in order.
func (w *tableWriter) keptOf(kind TableKind, owners []string, leave ...string) (map[string]*keptColumns, []string, error) {
	kept, err := w.s.columnsOf(w.tx, owners)
	names := map[string]bool{}
	for _, k := range kept {
		for name := range k.of(kind) {
			if !slices.Contains(leave, name) {
				names[name] = true
			}
		}
	}
	return kept, slices.Sorted(maps.Keys(names)), err
}

// behind adds the kept columns to a record.
func behind(record []string, kept map[string]string, names []string) []string {
	for _, n := range names {
		record = append(record, kept[n])
	}
	return record
}

func shotIDs(shots []*Shot) []string {
	ids := make([]string, len(shots))
	for i, x := range shots {
		ids[i] = x.ID
	}
	return ids
}

// listed gathers the shots of the table and their scenes.
func (w *tableWriter) listed() (shots []*Shot, scenes []*Scene, err error) {
	err = w.eachShot(func(x *Shot, scene *Scene) error {
		shots, scenes = append(shots, x), append(scenes, scene)
		return nil
	})
	if err != nil {
		return nil, nil, fmt.Errorf("listing shots: %w", err)
	}
	return shots, scenes, nil
}

func (w *tableWriter) shots() (sheet.Written, error) {
	t := sheet.Written{Name: "分镜表", Header: []string{"集/Episode", "场次/Scene", "镜号/Shot", "景别/Size", "运镜/Camera", "画面内容/Description",
		"人物/Characters", "台词/Dialogue", "音效/Sound", "时长（秒）/Seconds", "提示词/Prompt", "备注/Note"}}
	shots, scenes, err := w.listed()
	if err != nil {
		return t, err
	}
	kept, names, err := w.keptOf(TableShots, shotIDs(shots))
	t.Header = append(t.Header, names...)
	for i, x := range shots {
		t.Rows = append(t.Rows, behind([]string{strconv.Itoa(x.Episode), w.placer.name(scenes[i]), x.Number, x.Size, x.Camera, x.Description,
			x.Characters, x.Dialogue, x.Sound, sheet.Seconds(x.Milliseconds), x.Prompt, x.Note}, kept[x.ID].of(TableShots), names))
	}
	return t, err
}

func (w *tableWriter) kitsuShots() (sheet.Written, error) {
	t := sheet.Written{Name: "kitsu-shots", Header: []string{kitsuEpisode, kitsuSequence, kitsuName, "Description", kitsuFPS, kitsuIn, kitsuOut, "Nb Frames"}}
	shots, scenes, err := w.listed()
	if err != nil {
		return t, err
	}
	kept, names, err := w.keptOf(TableKitsuShots, shotIDs(shots), kitsuEpisode, kitsuSequence, kitsuName, kitsuFPS, kitsuIn, kitsuOut)
	t.Header = append(t.Header, names...)
	for i, x := range shots {
		own := kept[x.ID].of(TableKitsuShots)
		rate, err := strconv.ParseFloat(own[kitsuFPS], 64)
		if err != nil || rate <= 0 {
			rate = kitsuRate
		}
		fps, frames := own[kitsuFPS], ""
		if x.Milliseconds > 0 {
			frames = strconv.FormatInt(framesOf(x.Milliseconds, rate), 10)
			fps = strconv.FormatFloat(rate, 'f', -1, 64)
		}
		if own[kitsuFPS] != "" {
			fps = own[kitsuFPS]
		}
		place := w.kitsuPlace(x, scenes[i], own)
		t.Rows = append(t.Rows, behind(append(place, x.Description, fps, own[kitsuIn], own[kitsuOut], frames), own, names))
	}
	return t, err
}

// kitsuPlace names a shot as Kitsu knew it, as long as that still leads to it.
func (w *tableWriter) kitsuPlace(x *Shot, scene *Scene, own map[string]string) []string {
	episode, sequence, name := own[kitsuEpisode], own[kitsuSequence], own[kitsuName]
	if n, bad := w.placer.episode(episode); bad != nil || n != x.Episode {
		episode = fmt.Sprintf("E%02d", x.Episode)
	}
	if have, _ := w.placer.in(x.Episode, sequence); sequence == "" || have == nil || have.ID != scene.ID {
		sequence = w.placer.name(scene)
	}
	if numberKey(name) != numberKey(x.Number) {
		name = x.Number
	}
	return []string{episode, sequence, name}
}

func (w *tableWriter) kitsuAssets() (sheet.Written, error) {
	t := sheet.Written{Name: "kitsu-assets", Header: []string{"Type", "Name", "Description"}}
	book, err := w.s.elementBook(w.tx, w.titleID)
	if err != nil {
		return t, err
	}
	var ids []string
	for _, e := range book.all {
		ids = append(ids, e.ID)
	}
	kept, names, err := w.keptOf(TableKitsuAssets, ids, "Type")
	t.Header = append(t.Header, names...)
	for _, e := range book.all {
		own := kept[e.ID].of(TableKitsuAssets)
		t.Rows = append(t.Rows, behind([]string{w.typeOf(e, own), e.Name, e.Note}, own, names))
	}
	return t, err
}

// typeOf is the type that Kitsu knows an element by, as long as it still means its kind.
func (w *tableWriter) typeOf(e *Element, own map[string]string) string {
	if own["Type"] != "" && typeKind(own["Type"]) == e.Kind {
		return own["Type"]
	}
	return kitsuType(e.Kind)
}

func (w *tableWriter) kitsuCasting() (sheet.Written, error) {
	t := sheet.Written{Name: "kitsu-casting", Header: []string{kitsuEpisode, "Parent", kitsuName, "Asset Type", "Asset", "Occurences", "Label"}}
	book, err := w.s.elementBook(w.tx, w.titleID)
	if err != nil {
		return t, err
	}
	byID, ids := map[string]*Element{}, []string{}
	for _, e := range book.all {
		byID[e.ID], ids = e, append(ids, e.ID)
	}
	types, err := w.s.columnsOf(w.tx, ids)
	if err != nil {
		return t, err
	}
	shots, scenes, err := w.listed()
	if err != nil {
		return t, err
	}
	kept, err := w.s.columnsOf(w.tx, shotIDs(shots))
	for i, x := range shots {
		place := w.kitsuPlace(x, scenes[i], kept[x.ID].of(TableKitsuShots))
		for _, id := range x.Cast {
			if e := byID[id]; e != nil {
				note := kept[x.ID].castNote(id)
				t.Rows = append(t.Rows, append(slices.Clone(place), w.typeOf(e, types[id].of(TableKitsuAssets)), e.Name, note.Occurrences, note.Label))
			}
		}
	}
	return t, err
}

func (w *tableWriter) kitsuPeople() (sheet.Written, error) {
	t := sheet.Written{Name: "kitsu-people", Header: []string{"First Name", "Last Name", "Email", "Role", "Active"}}
	members, err := w.s.members(w.tx, w.titleID)
	for _, m := range members {
		active := "True"
		if !m.Active {
			active = "False"
		}
		t.Rows = append(t.Rows, []string{m.Name, "", m.Login, kitsuRole(m.Role), active})
	}
	return t, err
}
