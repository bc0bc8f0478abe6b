package studio

import (
	"context"
	"slices"
)

// demoCall is what stands on the call sheet of the first demonstration day, as it was issued first; everything is invented.
func demoCall(crew func(key string) string, scene, cast func(label string) string) CallTyped {
	return CallTyped{MakeupAt: "06:30", OnSetAt: "07:40", ShootAt: "08:30", WrapAt: "17:30",
		Meals:   []CallMeal{{Name: "早餐", At: "07:00"}, {Name: "午餐", At: "12:00"}},
		Weather: "晴，12–19℃，东风 2 级", Transport: "06:00 酒店门口发车，中巴 1 辆、道具车 1 辆",
		Safety: "观众厅二楼包厢围栏较低，站位不要超过黄线；追光灯升降时台口清场。", Note: "示例数据：这是一张示例通告单。",
		Cast: []CallCast{
			{ElementID: cast("沈枝"), Pickup: "06:00", Makeup: "06:30", Call: "08:00", Wrap: "17:30"},
			{ElementID: cast("顾京"), Pickup: "09:00", Makeup: "09:30", Call: "11:00", Wrap: "17:30", Note: "只拍 1-2"}},
		Crew: []CallCrew{
			{Department: "导演", Name: demoName("director"), PersonID: crew("director"), Call: "07:30"},
			{Department: "制片", Name: demoName("scout"), PersonID: crew("scout"), Call: "06:00", Note: "随车"},
			{Department: "摄影", Name: "阿哲（示例）", Call: "07:00", Note: "稳定器、85 定焦"},
			{Department: "灯光", Name: "赵师傅（示例）", Call: "06:40", Note: "追光 2 台"}},
		Contacts: []Contact{{Name: demoName("scout"), Role: "现场统筹", Phone: "000-0000-0000", Note: "示例数据"}},
		Scenes: []CallNeeds{
			{SceneID: scene("1-1"), Pages: "0.6", StoryLine: "三年后沈枝回到大剧院", Wardrobe: "驼色大衣", Makeup: "素颜、略疲惫"},
			{SceneID: scene("1-2"), Pages: "1.4", StoryLine: "试镜被叫停，顾京认出沈枝", Extras: "观众 20 人", Wardrobe: "白色长裙", Makeup: "舞台妆", Props: "老式话筒架", Special: "追光"}}}
}

// demoAgain changes what was issued: the morning begins half an hour earlier, it will rain, and more people are wanted.
func demoAgain(in CallTyped) CallTyped {
	in.MakeupAt, in.ShootAt, in.Weather = "06:00", "08:00", "小雨转阴，11–15℃，广场备雨棚"
	in.Transport = "05:30 酒店门口发车，中巴 1 辆、道具车 1 辆"
	in.Cast, in.Scenes, in.Crew = slices.Clone(in.Cast), slices.Clone(in.Scenes), slices.Clone(in.Crew)
	in.Cast[0].Pickup, in.Cast[0].Makeup, in.Cast[0].Call = "05:30", "06:00", "07:30"
	in.Scenes[0].Props, in.Scenes[1].Extras = "透明雨伞", "观众 30 人"
	in.Crew = append(in.Crew, CallCrew{Department: "录音", Name: "小吕（示例）", Call: "07:10", Note: "雨声，备防风罩"})
	return in
}

// demoName is somebody of the demonstration by key.
func demoName(key string) string {
	for _, p := range demoPeople() {
		if p.key == key {
			return p.name
		}
	}
	return ""
}

// callSheet issues the call sheet of a day twice, and has some of those who get it read and confirm it. What a load that
// was cut off did already stays.
func (d *demo) callSheet(ctx context.Context, title string, day DayRow) {
	if d.err != nil {
		return
	}
	page, err := d.s.OpenCallSheet(ctx, d.as("scout", ""), day.Day.ID)
	d.fail(err)
	elements, err := d.s.Elements(ctx, d.as("scout", ""), title, ElementCharacter)
	d.fail(err)
	board, err := d.s.DayBoard(ctx, d.as("scout", ""), title)
	d.fail(err)
	if d.err != nil {
		return
	}
	scene := func(label string) string {
		for _, row := range board.Days {
			for _, st := range row.Scenes {
				if row.Day.ID == day.Day.ID && st.Scene.Label == label {
					return st.Scene.ID
				}
			}
		}
		return ""
	}
	performers := map[string]string{}
	cast := func(name string) string {
		for _, e := range elements {
			if e.Name == name {
				performers[name] = e.PerformerID
				return e.ID
			}
		}
		return ""
	}
	first := demoCall(func(key string) string { return d.people[key].ID }, scene, cast)
	if page.Sheet.Issued == 0 {
		page = d.issue(ctx, page, first, "示例数据：第一版")
	}
	d.calls(ctx, page.Sheet.ID, 1, []string{performers["沈枝"], performers["顾京"]}, "director")
	if page.Sheet.Issued == 1 {
		page = d.issue(ctx, page, demoAgain(first), "示例数据：提前半小时，改雨天")
	}
	d.calls(ctx, page.Sheet.ID, 2, nil, "director")
}

// issue types a call sheet and issues it.
func (d *demo) issue(ctx context.Context, page CallSheetPage, typed CallTyped, note string) CallSheetPage {
	if d.err != nil {
		return page
	}
	page, err := d.s.EditCallSheet(ctx, d.as("scout", ""), page.Sheet.ID, page.Sheet.Rev, typed)
	if err == nil {
		page, err = d.s.IssueCallSheet(ctx, d.as("scout", ""), page.Sheet.ID, page.Sheet.Rev, note)
	}
	d.fail(err)
	return page
}

// calls makes performers recipients where they are none: the first of them confirms the version, the second only opens it.
// Then somebody of the crew confirms it.
func (d *demo) calls(ctx context.Context, sheetID string, version int, performers []string, crew string) {
	if d.err != nil {
		return
	}
	d.fail(d.s.update(ctx, d.as("scout", ""), func(c *change) error {
		sheet, err := found(d.s.r.callSheets.Get(c.tx, sheetID))("callsheet")
		if err != nil {
			return err
		}
		have, err := d.s.callRecipients(c.tx, sheetID)
		if err != nil {
			return err
		}
		for i, id := range performers {
			who := CallRecipient{PerformerID: id}
			if slices.ContainsFunc(have, who.same) {
				continue
			}
			if err := c.nameRecipient(&who); err != nil {
				return err
			}
			r, _, err := c.addRecipient(sheet, who)
			if err != nil {
				return err
			}
			if err := c.got(r, version, i == 0); err != nil {
				return err
			}
		}
		r, err := d.s.recipientOf(c.tx, sheet, d.people[crew].ID)
		if err != nil || r == nil {
			return err
		}
		return c.confirm(sheet, r, version)
	}))
}
